// `samtila claims`: printed codes by which technicians put devices into use, and their label sheets.
import { writeFileSync } from 'node:fs'
import type { ClaimPage, ClaimsMade, LabelSheetList } from '#contract/claims.ts'
import { need, readArguments, show, withClient } from '#cli/arguments.ts'
import { CommandError, jsonOf, textOf } from '#cli/client.ts'
import type { ServerSettings } from '#server/limits.ts'

const wholeOf = (text: string | undefined, option: string): number | undefined => {
  if (text === undefined) return undefined
  if (!/^\d{1,5}$/.test(text)) throw new CommandError(`--${option} takes a whole number.`)
  return Number(text)
}

export async function claims(args: string[], settings: ServerSettings): Promise<number> {
  const { values, positionals } = readArguments(args, {
    blank: { type: 'string' },
    premises: { type: 'string' },
    days: { type: 'string' },
    sheet: { type: 'string' },
    first: { type: 'string' },
    language: { type: 'string' },
    out: { type: 'string' },
  })
  const [action = 'list', ...rest] = positionals
  return withClient(values, settings, async (client) => {
    if (action === 'list') {
      const { items } = (await jsonOf(await client.request('GET', '/claims?limit=200'))) as ClaimPage
      show(values.json, items, () =>
        items.length === 0
          ? 'No claims.'
          : items
              .map(
                ({ batch, number, state, expired, device, expiresAt }) =>
                  `${batch}  ${number}  ${expired ? 'expired' : state}  ${device ?? '–'}  ${expiresAt ?? ''}`,
              )
              .join('\n'),
      )
      return 0
    }
    if (action === 'sheets') {
      const { items } = (await jsonOf(await client.request('GET', '/claims/sheets'))) as LabelSheetList
      show(values.json, items, () => items.map(({ id, name }) => `${id}  ${name}`).join('\n'))
      return 0
    }
    if (action === 'withdraw') {
      const batch = need(rest[0], 'The batch')
      const answer = (await jsonOf(await client.request('POST', '/claims/withdraw', { batch }))) as {
        withdrawn: number
      }
      show(values.json, answer, () => `${answer.withdrawn} claims are withdrawn.`)
      return 0
    }
    if (action !== 'make' && action !== 'labels')
      throw new CommandError('samtila claims list|make|labels|sheets|withdraw')
    const [blank, validDays, first] = [
      wholeOf(values.blank, 'blank'),
      wholeOf(values.days, 'days'),
      wholeOf(values.first, 'first'),
    ]
    if (rest.length === 0 && blank === undefined)
      throw new CommandError('Name devices, or --blank N for labels of none.')
    const body = {
      ...(rest.length === 0 ? {} : { devices: rest }),
      ...(blank === undefined ? {} : { blank }),
      ...(values.premises === undefined ? {} : { premises: values.premises }),
      ...(validDays === undefined ? {} : { validDays }),
    }
    const made = (await jsonOf(await client.request('POST', '/claims', body))) as ClaimsMade
    if (action === 'labels') {
      const answer = await client.request('POST', '/claims/labels', {
        codes: made.items.map(({ code }) => code),
        sheet: values.sheet ?? 'a4-21',
        ...(first === undefined ? {} : { first }),
        ...(values.language === undefined ? {} : { language: values.language }),
      })
      if (answer.status >= 400) await textOf(answer)
      writeFileSync(values.out ?? 'labels.pdf', Buffer.concat(await answer.body.toArray()))
    }
    show(values.json, made, () =>
      [
        'Codes are shown this once:',
        ...made.items.map(({ code, device, address }) => `${code}  ${device ?? 'any device'}  ${address}`),
        ...(action === 'labels' ? [`Labels are in ${values.out ?? 'labels.pdf'}.`] : []),
      ].join('\n'),
    )
    return 0
  })
}
