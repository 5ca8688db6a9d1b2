// What plans will bring, month by month.
import type { Occurrence } from '#contract/service.ts'
import { AppLink } from '#dashboard/components/AppLink.tsx'
import { serviceWords } from '#dashboard/text/service/words.ts'
import { useText } from '#dashboard/text/TextProvider.tsx'
import { useWords } from '#dashboard/text/words.ts'
import { Soft, Stack } from '#dashboard/ui/Layout.tsx'
import { pickName } from '#domain/writing/names.ts'

/** `plain`: within a form, where a heading would stand below none. */
export const Ahead = ({ items, plain = false }: { items: readonly Occurrence[]; plain?: boolean }) => {
  const words = useWords(serviceWords)
  const { format, language } = useText()
  if (items.length === 0) return <p>{words.plan.aheadNone}</p>
  return (
    <Stack>
      {[...Map.groupBy(items, ({ due }) => due.slice(0, 7))].map(([month, list]) => (
        <Stack key={month} as="section" $gap={1}>
          {plain ? <strong>{format.month(month)}</strong> : <h3>{format.month(month)}</h3>}
          <ul>
            {list.map(({ plan, device, deviceName, title, due, forecast }) => (
              <li key={`${plan ?? ''} ${device} ${due}`}>
                {format.date(due)}: {pickName(title, language, '').text},{' '}
                <AppLink to={`/devices/${device}`}>{pickName(deviceName ?? undefined, language, device).text}</AppLink>
                {forecast ? <Soft>, {words.plan.forecast}</Soft> : null}
              </li>
            ))}
          </ul>
        </Stack>
      ))}
    </Stack>
  )
}
