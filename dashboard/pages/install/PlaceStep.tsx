// Where: premises, storey, space, each chosen from what the one before has.
import { useQuery } from '@tanstack/react-query'
import { premisesQuery } from '#dashboard/client/queries.ts'
import { usePremisesNames } from '#dashboard/components/premises-names.ts'
import { storeysOf } from '#dashboard/pages/premises/storeys.ts'
import { installWords } from '#dashboard/text/install/words.ts'
import { useText } from '#dashboard/text/TextProvider.tsx'
import { useWords } from '#dashboard/text/words.ts'
import { Select } from '#dashboard/ui/Select.tsx'
import { Stack } from '#dashboard/ui/Layout.tsx'
import { pickName } from '#domain/writing/names.ts'

export type Place = { premises: string; storey: string | null; space: string }
type Props = { place: Place; change: (place: Place) => void; fixed: boolean }

export const PlaceStep = ({ place, change, fixed }: Props) => {
  const words = useWords(installWords)
  const { language } = useText()
  const { all, nameOf } = usePremisesNames()
  const premises = useQuery({ ...premisesQuery(place.premises), enabled: place.premises !== '' })
  const storeys = storeysOf(premises.data?.spaces ?? [])
  const here = storeys.find(({ spaces }) => spaces.some(({ id }) => id === place.space))?.storey ?? null
  const storey = place.storey ?? here ?? (storeys.length === 1 ? (storeys[0]?.storey ?? null) : null)
  const spaces = storeys.find((one) => one.storey === storey)?.spaces ?? []
  return (
    <Stack>
      {fixed ? (
        <p>{nameOf(place.premises)}</p>
      ) : (
        <Select
          label={words.premises}
          value={place.premises}
          options={[
            { value: '', text: words.choosePremises },
            ...all.map(({ id }) => ({ value: id, text: nameOf(id) })),
          ]}
          onChange={(id) => change({ premises: id, storey: null, space: '' })}
        />
      )}
      {storeys.length === 0 ? null : (
        <>
          <Select
            label={words.storey}
            value={storey ?? '?'}
            options={[
              { value: '?', text: words.chooseStorey },
              ...storeys.map((one) => ({ value: one.storey, text: one.storey === '' ? words.noStorey : one.storey })),
            ]}
            onChange={(value) => change({ ...place, storey: value === '?' ? null : value, space: '' })}
          />
          <Select
            label={words.space}
            value={place.space}
            options={[
              { value: '', text: words.chooseSpace },
              ...spaces.map((one) => ({
                value: one.id,
                text: `${pickName(one.name, language, one.id).text} (${one.id})`,
              })),
            ]}
            onChange={(space) => change({ ...place, storey, space })}
          />
        </>
      )}
    </Stack>
  )
}
