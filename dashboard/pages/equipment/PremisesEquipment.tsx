// The equipment of the premises: value and parts on any day, the replacements by year, and the exit of a co-owner.
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useId, useState } from 'react'
import { Button } from 'suomifi-ui-components'
import type { EquipmentShown, ExitAnswer } from '#contract/equipment.ts'
import { equipmentQuery } from '#dashboard/client/equipment-queries.ts'
import { apiPath, segment, sendJson } from '#dashboard/client/http.ts'
import { useNow } from '#dashboard/components/Age.tsx'
import { AppLink, useAddress } from '#dashboard/components/AppLink.tsx'
import { LifecycleMark } from '#dashboard/components/LifecycleMark.tsx'
import { Name, OrganisationName } from '#dashboard/components/Name.tsx'
import { useOrganisationNames } from '#dashboard/components/organisations.ts'
import { Empty, Refusal, WhenLoaded } from '#dashboard/components/QueryStates.tsx'
import { TableLinks } from '#dashboard/components/TableLinks.tsx'
import { hasRole, useSession } from '#dashboard/components/session.ts'
import { usePremises } from '#dashboard/pages/premises/PremisesPage.tsx'
import { lifecycleWords } from '#dashboard/text/lifecycle/words.ts'
import { useText } from '#dashboard/text/TextProvider.tsx'
import { useWords } from '#dashboard/text/words.ts'
import { useAnnounce } from '#dashboard/ui/Announcer.tsx'
import { DataTable } from '#dashboard/ui/DataTable.tsx'
import { DateField } from '#dashboard/ui/DateField.tsx'
import { Fold } from '#dashboard/ui/Fold.tsx'
import { Panel, Row, Small, Soft, Stack } from '#dashboard/ui/Layout.tsx'
import { Select } from '#dashboard/ui/Select.tsx'
import { localDate } from '#domain/writing/date.ts'
import { pickName } from '#domain/writing/names.ts'

export const PremisesEquipment = () => {
  const { premises } = usePremises()
  const { equipment: words } = useWords(lifecycleWords)
  const dateId = useId()
  const { get, set } = useAddress()
  const today = localDate(useNow(), premises.timeZone)
  const given = get('at') ?? ''
  const at = /^\d{4}-\d{2}-\d{2}$/.test(given) ? given : today
  const asked = get('facts')
  const facts = asked === 'with' || asked === 'without' ? asked : ''
  const filter = { at, ...(facts === '' ? {} : { facts }) }
  return (
    <Panel>
      <Stack $gap={3}>
        <Row $spread $end>
          <h2>{words.title}</h2>
          <Row $gap={2} $end className="no-print">
            <Select
              label={words.show}
              value={facts}
              options={(['', 'with', 'without'] as const).map((value) => ({
                value,
                text: words.shows[value === '' ? 'all' : value],
              }))}
              onChange={(value) => set({ facts: value })}
            />
            <DateField id={dateId} label={words.date} value={at} onChange={(value) => set({ at: value })} />
          </Row>
        </Row>
        <p>{words.lead}</p>
        <WhenLoaded query={useQuery(equipmentQuery(premises.id, filter))}>
          {(data) =>
            data.lines.length === 0 ? (
              <Empty title={facts === '' ? words.none : words.noneShown} />
            ) : (
              <Stack>
                <Shown premises={premises.id} equipment={data} />
                <TableLinks list="equipment" filters={{ premises: premises.id, ...filter }} />
              </Stack>
            )
          }
        </WhenLoaded>
      </Stack>
    </Panel>
  )
}

type ShownProps = { premises: string; equipment: EquipmentShown }
const Shown = ({ premises, equipment }: ShownProps) => {
  const { equipment: words } = useWords(lifecycleWords)
  const { text, format } = useText()
  const nameOf = useOrganisationNames()
  const session = useSession()
  const { lines, total, parts, plan, shared, more, at } = equipment
  const owners = [...new Set(plan.flatMap((year) => year.parts.map(({ organisation }) => organisation)))].toSorted()
  return (
    <Stack $gap={4}>
      {parts.length === 0 ? null : (
        <DataTable
          caption={words.parts}
          rows={parts}
          rowKey={({ organisation }) => organisation}
          sortWord={text.common.sorted}
          columns={[
            {
              key: 'owner',
              head: words.owner,
              heading: true,
              render: ({ organisation }) => <OrganisationName id={organisation} />,
            },
            { key: 'amount', head: words.amount, figures: true, render: ({ amount }) => format.money(amount) },
          ]}
          foot={[words.total, format.money(total)]}
        />
      )}
      {plan.length === 0 ? (
        <Soft as="p">{words.noPlan}</Soft>
      ) : (
        <DataTable
          caption={words.plan}
          rows={plan}
          rowKey={({ year }) => String(year)}
          sortWord={text.common.sorted}
          columns={[
            { key: 'year', head: words.year, heading: true, render: ({ year }) => String(year) },
            { key: 'cost', head: words.cost, figures: true, render: ({ cost }) => format.money(cost) },
            ...owners.map((owner) => ({
              key: owner,
              head: nameOf(owner),
              figures: true,
              render: (year: EquipmentShown['plan'][number]) =>
                format.money(year.parts.find(({ organisation }) => organisation === owner)?.amount ?? null),
            })),
          ]}
        />
      )}
      <DataTable
        caption={words.title}
        quietCaption
        rows={lines}
        rowKey={({ device }) => device}
        sortWord={text.common.sorted}
        columns={[
          {
            key: 'device',
            head: words.device,
            heading: true,
            render: ({ device, name }) => (
              <AppLink to={`/devices/${device}`}>
                <Name names={name ?? undefined} id={device} />
              </AppLink>
            ),
            sort: ({ device }) => device,
          },
          {
            key: 'state',
            head: words.state,
            render: ({ state }) => <LifecycleMark state={state} />,
            sort: ({ state }) => state,
          },
          {
            key: 'purchase',
            head: words.purchased,
            figures: true,
            render: ({ purchase }) =>
              purchase === null ? (
                '–'
              ) : (
                <>
                  {format.money(purchase.cost)}
                  <br />
                  <Small>
                    {format.date(purchase.date)}
                    {purchase.supplier === null ? '' : `, ${purchase.supplier}`}
                  </Small>
                </>
              ),
            sort: ({ purchase }) => (purchase === null ? null : Number(purchase.cost)),
          },
          {
            key: 'book',
            head: words.bookValue,
            figures: true,
            render: ({ bookValue }) => format.money(bookValue),
            sort: ({ bookValue }) => (bookValue === null ? null : Number(bookValue)),
          },
          {
            key: 'replacement',
            head: words.replacement,
            render: ({ replacement, hidden }) =>
              hidden ? words.hidden : replacement === null ? '–' : format.date(replacement.on),
            sort: ({ replacement }) => replacement?.on ?? null,
          },
          {
            key: 'cost',
            head: words.cost,
            figures: true,
            render: ({ replacement }) => format.money(replacement?.cost ?? null),
          },
        ]}
      />
      {more ? <p>{words.more}</p> : null}
      {shared > 0 && hasRole(session, 'manager') ? (
        <div className="no-print">
          <Fold summary={<strong>{words.exit}</strong>}>
            <Exit
              premises={premises}
              shared={shared}
              today={at}
              owners={parts.map(({ organisation }) => organisation)}
            />
          </Fold>
        </div>
      ) : null}
    </Stack>
  )
}

type ExitProps = { premises: string; shared: number; today: string; owners: readonly string[] }
const Exit = ({ premises, shared, today, owners }: ExitProps) => {
  const { equipment: words } = useWords(lifecycleWords)
  const { text, format, language } = useText()
  const announce = useAnnounce()
  const client = useQueryClient()
  const dateId = useId()
  const nameOf = useOrganisationNames()
  const own = useSession().organisation
  const [from, setFrom] = useState(today)
  /** Who buys otherwise than is proposed, by device. */
  const [buyers, setBuyers] = useState<Record<string, string>>({})
  const [answer, setAnswer] = useState<ExitAnswer | null>(null)
  const send = useMutation({
    mutationFn: (wanted: { apply: boolean; buyers: Record<string, string> }) =>
      sendJson<ExitAnswer>('POST', apiPath(`/premises/${segment(premises)}/ownership-exits`), { from, ...wanted }),
    onSuccess: async (given, { apply }) => {
      setAnswer(given)
      if (!apply) return
      announce(words.applied)
      await client.invalidateQueries({ queryKey: ['devices'] })
    },
  })
  const choose = (device: string, buyer: string) => {
    const wanted = { ...buyers, [device]: buyer }
    setBuyers(wanted)
    send.mutate({ apply: false, buyers: wanted })
  }
  const buyerOf = ({ device, name, buyer, transfer }: ExitAnswer['items'][number]) =>
    transfer !== null || answer?.applied === true ? (
      <OrganisationName id={buyer} />
    ) : (
      <Select
        label={`${words.buyer}: ${pickName(name ?? undefined, language, device).text}`}
        quiet
        value={buyers[device] ?? buyer}
        options={[...new Set([buyer, ...owners])]
          .filter((id) => id !== own)
          .map((id) => ({ value: id, text: nameOf(id) }))}
        onChange={(id) => choose(device, id)}
      />
    )
  return (
    <Stack>
      <p>{words.exitText(shared)}</p>
      <DateField
        id={dateId}
        label={words.from}
        value={from}
        onChange={(value) => {
          setFrom(value)
          setAnswer(null)
          send.reset()
        }}
      />
      {answer === null ? null : (
        <>
          <DataTable
            caption={words.exit}
            quietCaption
            rows={answer.items}
            rowKey={({ device }) => device}
            sortWord={text.common.sorted}
            columns={[
              {
                key: 'device',
                head: words.device,
                heading: true,
                render: ({ device, name }) => <Name names={name ?? undefined} id={device} />,
              },
              { key: 'buyer', head: words.buyer, render: buyerOf },
              { key: 'share', head: words.share, figures: true, render: ({ share }) => share ?? '–' },
              {
                key: 'value',
                head: words.shareValue,
                figures: true,
                render: ({ shareValue }) => format.money(shareValue),
              },
              { key: 'price', head: words.price, figures: true, render: ({ price }) => format.money(price) },
              {
                key: 'transfer',
                head: words.offer,
                render: ({ transfer, waiting, hindrance }) =>
                  transfer === null ? (
                    (hindrance ?? '')
                  ) : (
                    <>
                      <AppLink to={`/transfers/${transfer}`}>{words.open}</AppLink>{' '}
                      {waiting ? <Soft>{words.waiting}</Soft> : null}
                    </>
                  ),
              },
            ]}
            foot={[words.total, '', '', format.money(answer.shareValue), format.money(answer.price), '']}
          />
          <Soft as="p">{words.priceText}</Soft>
        </>
      )}
      {send.error === null ? null : <Refusal error={send.error} />}
      <div>
        {answer === null ? (
          <Button
            variant="secondary"
            onClick={() => send.mutate({ apply: false, buyers })}
            disabled={from === '' || send.isPending}
          >
            {words.preview}
          </Button>
        ) : answer.applied ? null : (
          <Button onClick={() => send.mutate({ apply: true, buyers })} disabled={send.isPending}>
            {words.apply}
          </Button>
        )}
      </div>
    </Stack>
  )
}
