// `samtila service`: tasks, plans and what they will bring, inspections, and the service book as a file.
import { writeFileSync } from 'node:fs'
import type { InspectionList } from '#contract/inspections.ts'
import type { OccurrenceList, PlanPage, TaskPage, TaskShown } from '#contract/service.ts'
import type { Names } from '#contract/common.ts'
import { need, readArguments, show, withClient } from '#cli/arguments.ts'
import { CommandError, jsonOf, textOf } from '#cli/client.ts'
import type { ServerSettings } from '#server/limits.ts'

const OPTIONS = {
  premises: { type: 'string' },
  device: { type: 'string' },
  state: { type: 'string' },
  overdue: { type: 'boolean' },
  months: { type: 'string' },
  year: { type: 'string' },
  reason: { type: 'string' },
  note: { type: 'string' },
  hours: { type: 'string' },
  answer: { type: 'string', multiple: true },
  language: { type: 'string' },
  out: { type: 'string' },
} as const
const FILES = /\.(csv|pdf|ics)$/

export async function service(args: string[], settings: ServerSettings): Promise<number> {
  const { values, positionals } = readArguments(args, OPTIONS)
  const [action = 'tasks', id] = positionals
  const { premises, device, state, months, year, language } = values
  const overdue = values.overdue === true ? 'true' : undefined
  return withClient(values, settings, async (client) => {
    const get = async <T>(path: string, query: Record<string, string | undefined>): Promise<T> =>
      (await jsonOf(await client.request('GET', path + queryOf(query)))) as T
    switch (action) {
      case 'tasks': {
        const page = await get<TaskPage>('/service/tasks', { premises, device, state, overdue, limit: '200' })
        show(values.json, page.items, () => linesOf(page.items.map(taskLine), 'No tasks.'))
        return page.overdue === 0 ? 0 : 2
      }
      case 'plans': {
        const { items } = await get<PlanPage>('/service/plans', { premises, device, state, limit: '200' })
        const line = ({ id: plan, state: now, of, title }: PlanPage['items'][number]): string =>
          [plan, now, 'device' in of ? of.device : `all of ${of.deviceType}`, nameOf(title)].join('  ')
        show(values.json, items, () => linesOf(items.map(line), 'No plans.'))
        return 0
      }
      case 'preview': {
        const { items } = await get<OccurrenceList>('/service/preview', {
          premises: need(premises ?? id, 'The premises'),
          months,
        })
        const line = ({ due, device: of, title, forecast }: OccurrenceList['items'][number]): string =>
          [due, of, nameOf(title), ...(forecast ? ['forecast'] : [])].join('  ')
        show(values.json, items, () => linesOf(items.map(line), 'Nothing.'))
        return 0
      }
      case 'inspections': {
        const { items } = await get<InspectionList>('/inspections', { premises, device, overdue, limit: '200' })
        const line = (one: InspectionList['items'][number]): string =>
          [
            one.id,
            one.dueOn,
            one.overdue ? 'overdue' : `${one.daysLeft} days`,
            one.device?.id ?? one.premises,
            nameOf(one.title),
            nameOf(one.law),
          ].join('  ')
        show(values.json, items, () => linesOf(items.map(line), 'No inspections.'))
        return items.some((one) => one.overdue) ? 2 : 0
      }
      case 'finish': {
        const body =
          values.reason === undefined
            ? { result: 'done', answers: (values.answer ?? []).map(answerOf) }
            : { result: 'not-possible', reason: values.reason }
        const task = (await jsonOf(
          await client.request(
            'POST',
            `/service/tasks/${encodeURIComponent(need(id, 'The id of a task'))}/completion`,
            {
              ...body,
              ...(values.note === undefined ? {} : { note: values.note }),
              ...(values.hours === undefined ? {} : { hours: values.hours }),
            },
          ),
        )) as TaskShown
        show(values.json, task, () => taskLine(task))
        return 0
      }
      case 'book':
      case 'calendar': {
        const where = encodeURIComponent(need(premises ?? id, 'The premises'))
        const file = values.out ?? (action === 'book' ? `service-book-${where}.pdf` : `inspections-${where}.ics`)
        const form = FILES.exec(file)?.[1]
        if (form === undefined || (form === 'ics') !== (action === 'calendar'))
          throw new CommandError(action === 'book' ? '--out ends with .csv or .pdf.' : '--out ends with .ics.')
        const path = action === 'book' ? `service-book.${form}` : 'inspections.ics'
        const query = action === 'book' ? { device, year, language } : { language }
        const answer = await client.request('GET', `/premises/${where}/${path}${queryOf(query)}`)
        if (answer.status >= 400) await textOf(answer)
        writeFileSync(file, Buffer.concat(await answer.body.toArray()))
        show(values.json, { file }, () => `Written: ${file}`)
        return 0
      }
      default:
        throw new CommandError('samtila service tasks|finish|plans|preview|inspections|book|calendar')
    }
  })
}

const nameOf = (names: Names): string => names.en ?? names.fi ?? names.sv ?? ''
const linesOf = (lines: readonly string[], none: string): string => (lines.length === 0 ? none : lines.join('\n'))
const taskLine = ({ id, dueOn, state, overdue, place, title }: TaskShown): string =>
  [id, dueOn, overdue ? 'overdue' : state, place.device?.id ?? place.premises, nameOf(title)].join('  ')
/** `item=yes`, `item=no`, `item=12.5` or `item=words`. */
function answerOf(text: string): { item: string; value: boolean | string } {
  const at = text.indexOf('=')
  if (at <= 0) throw new CommandError('--answer takes ITEM=yes, ITEM=no, ITEM=NUMBER or ITEM=WORDS.')
  const said = text.slice(at + 1)
  return { item: text.slice(0, at), value: said === 'yes' ? true : said === 'no' ? false : said }
}
function queryOf(query: Record<string, string | undefined>): string {
  const search = new URLSearchParams()
  for (const [key, value] of Object.entries(query)) if (value !== undefined) search.set(key, value)
  const text = search.toString()
  return text === '' ? '' : `?${text}`
}
