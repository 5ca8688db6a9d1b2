// `samtila on-call`: who is on call now and in the coming days, calendars from and to files.
import { readFileSync, writeFileSync } from 'node:fs'
import type { OnCallList, OnCallMade, OnCallShown, ShiftList, ShiftShown } from '#contract/on-call.ts'
import { pickName } from '#domain/writing/names.ts'
import { need, readArguments, show, withClient } from '#cli/arguments.ts'
import { CommandError, jsonOf, textOf } from '#cli/client.ts'
import type { ServerSettings } from '#server/limits.ts'

const DAYS = 14

export async function onCall(args: string[], settings: ServerSettings): Promise<number> {
  const { values, positionals } = readArguments(args, {
    from: { type: 'string' },
    days: { type: 'string' },
    out: { type: 'string' },
  })
  const [action = 'now', given, file] = positionals
  return withClient(values, settings, async (client) => {
    const pathOf = (rest = ''): string => `/on-call/${encodeURIComponent(need(given, 'The id of the calendar'))}${rest}`
    const get = async <T>(path: string): Promise<T> => (await jsonOf(await client.request('GET', path))) as T
    if (action === 'now' || action === 'list') {
      const { items } = await get<OnCallList>('/on-call')
      show(values.json, items, () => (items.length === 0 ? 'No calendars.' : items.map(lineOf).join('\n')))
    } else if (action === 'shifts') {
      const from = values.from ?? new Date().toISOString().slice(0, 10)
      const shifts = await get<ShiftList>(pathOf(`/shifts?from=${from}&days=${values.days ?? DAYS}`))
      show(values.json, shifts, () => shifts.items.map(shiftLine).join('\n'))
    } else if (action === 'put') {
      const body = jsonFile(need(given, 'A JSON file (- for standard input)'))
      const { id } = body
      if (typeof id !== 'string') {
        const made = (await jsonOf(await client.request('POST', '/on-call', body))) as OnCallMade
        show(values.json, made, () => `The calendar ${made.id} is made.`)
        return 0
      }
      const path = `/on-call/${encodeURIComponent(id)}`
      const { id: _id, version: _version, now: _now, ...wanted } = body
      const { version } = await get<OnCallShown>(path)
      const put = (await jsonOf(await client.request('PUT', path, wanted, undefined, version))) as OnCallMade
      show(values.json, put, () => `The calendar ${id} is changed.`)
    } else if (action === 'export') {
      const text = await textOf(await client.request('GET', pathOf('/calendar')))
      if (values.out === undefined) process.stdout.write(text)
      else writeFileSync(values.out, text)
    } else if (action === 'import') {
      const calendar = readFileSync(
        need(file, 'An iCalendar file (- for standard input)') === '-' ? 0 : (file ?? ''),
        'utf8',
      )
      const { version } = await get<OnCallShown>(pathOf())
      const taken = (await jsonOf(
        await client.request('POST', pathOf('/calendar'), { calendar }, undefined, version),
      )) as { turns: number }
      show(values.json, taken, () => `${taken.turns} shifts were taken.`)
    } else if (action === 'remove') {
      await textOf(await client.request('DELETE', pathOf()))
      show(values.json, { removed: given }, () => `The calendar ${given ?? ''} is removed.`)
    } else throw new CommandError('samtila on-call now|list|shifts|put|export|import|remove')
    return 0
  })
}

function jsonFile(file: string): Record<string, unknown> {
  try {
    return JSON.parse(readFileSync(file === '-' ? 0 : file, 'utf8')) as Record<string, unknown>
  } catch (error) {
    throw new CommandError(`${file} is no JSON file: ${error instanceof Error ? error.message : String(error)}`)
  }
}
const lineOf = ({ id, name, enabled, now }: OnCallShown): string =>
  `${id}  ${pickName(name, 'en', id).text}${enabled ? '' : ' (off)'}: ${now.person?.name ?? 'nobody'} until ${now.to}, substitute ${now.substitute?.name ?? 'nobody'}`
const shiftLine = ({ from, to, person, substitute, exception }: ShiftShown): string =>
  `${from}  ${to}  ${person?.name ?? 'nobody'}  substitute ${substitute?.name ?? 'nobody'}${exception ? '  exception' : ''}`
