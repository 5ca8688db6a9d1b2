// The cost of a repair: an invoice under the rule of its category, with the fault as its ground.
import { useId, useState } from 'react'
import { TextInput } from 'suomifi-ui-components'
import { useNow } from '#dashboard/components/Age.tsx'
import { useSession } from '#dashboard/components/session.ts'
import { isTypedAmount, typedDecimal } from '#dashboard/format/typed.ts'
import { faultWords } from '#dashboard/text/faults/words.ts'
import { useText } from '#dashboard/text/TextProvider.tsx'
import { useWords } from '#dashboard/text/words.ts'
import { DateField } from '#dashboard/ui/DateField.tsx'
import { Row, Soft, Stack } from '#dashboard/ui/Layout.tsx'
import { Select } from '#dashboard/ui/Select.tsx'
import { addDays } from '#dashboard/format/zone.ts'
import { AmountField } from '#dashboard/components/AmountField.tsx'
import { localDate } from '#domain/writing/date.ts'
import { pickName } from '#domain/writing/names.ts'
import { wordOf } from '#domain/writing/word-of.ts'
import { useFaultStep } from './FaultHistory.tsx'
import { StepEnd, type StepFormProps } from './step-parts.tsx'

/** The standard rate of VAT in Finland, which may be changed in the form. */
const VAT_RATE = '25.5'
const REPAIR = 'maintenance'

export const CostForm = ({ fault, onDone }: StepFormProps) => {
  const words = useWords(faultWords)
  const { text, language } = useText()
  const session = useSession()
  const [fromId, lastId] = [useId(), useId()]
  const today = localDate(useNow(), fault.timeZone)
  const days = fault.work.map(({ on }) => on).toSorted()
  const payers = [fault.keeper, ...fault.handTo, ...(session.organisation === null ? [] : [session.organisation])]
  const categories = [...new Set([...fault.categories, REPAIR])]
  const [net, setNet] = useState('')
  const [vatRate, setVatRate] = useState(VAT_RATE)
  const [category, setCategory] = useState(REPAIR)
  const [payer, setPayer] = useState(fault.keeper)
  const [from, setFrom] = useState(days[0] ?? today)
  const [last, setLast] = useState(days.at(-1) ?? today)
  const [number, setNumber] = useState('')
  const [supplier, setSupplier] = useState('')
  const [tried, setTried] = useState(false)
  const step = useFaultStep(fault.id, onDone)
  const rate = typedDecimal(vatRate)
  const send = () => {
    setTried(true)
    if (!isTypedAmount(net) || from === '' || last === '' || step.isPending) return
    step.mutate({
      step: 'cost',
      invoice: {
        category,
        net: typedDecimal(net),
        vat: Number(rate) > 0 ? { category: 'S', rate } : { category: 'O', rate: '0' },
        payer,
        serviceFrom: from,
        serviceTo: addDays(last, 1),
        ...(number.trim() === '' ? {} : { number: number.trim() }),
        ...(supplier.trim() === '' ? {} : { supplier: supplier.trim() }),
      },
    })
  }
  return (
    <Stack>
      <h3>{words.costTitle}</h3>
      <Soft as="p">{words.costText}</Soft>
      <Row $gap={2} $end>
        <AmountField label={words.net} value={net} onChange={setNet} needed={tried} />
        <TextInput
          labelText={words.vatRate}
          inputMode="decimal"
          value={vatRate}
          onChange={(value) => setVatRate(String(value ?? ''))}
        />
        <Select
          label={words.category}
          value={category}
          options={categories.map((value) => ({ value, text: wordOf(text.categories, value) }))}
          onChange={setCategory}
        />
        <Select
          label={words.payer}
          value={payer}
          options={[...new Set(payers)].map((id) => ({
            value: id,
            text: pickName(fault.names[id], language, id).text,
          }))}
          onChange={setPayer}
        />
      </Row>
      <Row $gap={2} $end>
        <DateField id={fromId} label={words.serviceFrom} value={from} onChange={setFrom} />
        <DateField id={lastId} label={words.serviceLast} value={last} onChange={setLast} />
        <TextInput labelText={words.number} value={number} onChange={(value) => setNumber(String(value ?? ''))} />
        <TextInput labelText={words.supplier} value={supplier} onChange={(value) => setSupplier(String(value ?? ''))} />
      </Row>
      <StepEnd step={step} verb={words.saveCost} send={send} onDone={onDone} />
    </Stack>
  )
}
