// Settings as the operator sees them: all of them, with what was set, and no secret.
import { expect, test } from 'vitest'
import { readSettings, SETTINGS } from '#config'
import { LIMITS } from '#server/limits.ts'

test('every setting and limit is told; passwords and what stands before @ are not', () => {
  const read = readSettings(
    {
      SAMTILA_ADMIN_PASSWORD: 'kolmen-koivun-kuja',
      SAMTILA_SMTP_URL: 'smtps://posti:salasana@mail.example.fi',
      SAMTILA_MAIL_FROM: 'samtila@example.fi',
      SAMTILA_RETENTION_DAYS: '30',
    },
    LIMITS,
  )
  const inForce = read.ok ? (read.settings.inForce ?? []) : []
  expect(inForce).toHaveLength(SETTINGS.length + Object.keys(LIMITS).length)
  expect(JSON.stringify(inForce)).not.toMatch(/koivun|salasana/)
  const of = (name: string) => inForce.find((one) => one.name === name)
  expect(of('SAMTILA_RETENTION_DAYS')).toMatchObject({ value: '30', set: true })
  expect(of('SAMTILA_ADMIN_PASSWORD')).toMatchObject({ value: null, set: true })
  expect(of('SAMTILA_SMTP_URL')).toMatchObject({ value: 'smtps://…@mail.example.fi', set: true })
  expect(of('SAMTILA_DATA')).toMatchObject({ value: './data', set: false })
})
