// The responsibility matrix of a draft: a row for a type of device, a device or a system, and who does each task.
import { styled } from 'styled-components'
import type { ProposalDraft } from '#contract/proposals.ts'
import { agreementPages } from '#dashboard/text/agreements/words.ts'
import { useText } from '#dashboard/text/TextProvider.tsx'
import { useWords } from '#dashboard/text/words.ts'
import { Fold } from '#dashboard/ui/Fold.tsx'
import { Grid, Row, Small, Stack } from '#dashboard/ui/Layout.tsx'
import { pickName } from '#domain/writing/names.ts'
import { compact, fieldId, replaced, useDraftFacts, without } from './draft-context.ts'
import { AddButton, ChoiceField, ProblemOf, RemoveButton, TextField } from './fields.tsx'

type Rows = NonNullable<NonNullable<ProposalDraft['version']['terms']>['responsibilities']>
type MatrixRow = Rows[number]
const TASKS = ['buy', 'insure', 'maintain', 'repair', 'renew', 'pay', 'patch', 'data', 'steer'] as const
const KINDS = ['deviceType', 'device', 'system'] as const
type Kind = (typeof KINDS)[number]
const AT = '/version/terms/responsibilities'

const Wide = styled.div`
  select {
    width: 100%;
  }
`
const kindOf = ({ of }: MatrixRow): Kind => ('device' in of ? 'device' : 'deviceType' in of ? 'deviceType' : 'system')

export const MatrixField = ({ rows, onChange }: { rows: Rows; onChange: (rows: Rows) => void }) => {
  const words = useWords(agreementPages)
  const { language } = useText()
  const { organisations, devices, deviceTypes, problems } = useDraftFacts()
  const isEmpty = ({ tasks }: MatrixRow) => Object.keys(tasks).length === 0
  const tasksText = ({ tasks }: MatrixRow) =>
    TASKS.flatMap((task) => {
      const id = tasks[task]
      return id === undefined
        ? []
        : [`${words.tasks[task]}: ${organisations.find((one) => one.value === id)?.text ?? id}`]
    }).join('. ')
  const nameOf = ({ of }: MatrixRow): string => {
    if ('device' in of) return devices.find((one) => one.value === of.device)?.text ?? of.device
    if ('deviceType' in of) return deviceTypes.find((one) => one.value === of.deviceType)?.text ?? of.deviceType
    return pickName(of.system, language, words.subjectKinds.system).text
  }
  const startOf = (kind: Kind): MatrixRow['of'] => {
    if (kind === 'device') return { device: devices[0]?.value ?? '' }
    return kind === 'deviceType' ? { deviceType: deviceTypes[0]?.value ?? '' } : { system: { fi: '–' } }
  }
  return (
    <Stack $gap={2} id={fieldId(AT)}>
      <Small>{words.matrixHint}</Small>
      {rows.map((row, i) => {
        const at = `${AT}/${i}`
        const title = nameOf(row)
        const put = (next: MatrixRow) => onChange(replaced(rows, i, next))
        return (
          // eslint-disable-next-line react/no-array-index-key
          <Fold
            key={i}
            id={fieldId(at)}
            open={isEmpty(row) || problems.some(({ pointer }) => pointer.startsWith(at))}
            summary={
              <>
                <strong>{title}</strong> <Small>{tasksText(row)}</Small>
              </>
            }
          >
            <Wide>
              <Stack $gap={2}>
                <Row $gap={2} $end>
                  <ChoiceField
                    at={`${at}/of`}
                    label={words.subject}
                    value={kindOf(row)}
                    options={KINDS.map((value) => ({ value, text: words.subjectKinds[value] }))}
                    onChange={(kind) => put({ ...row, of: startOf(kind as Kind) })}
                  />
                  <SubjectField at={`${at}/of`} row={row} onChange={put} />
                  <RemoveButton what={title} onClick={() => onChange(without(rows, i))} />
                </Row>
                <Grid $min={170} $gap={1}>
                  {TASKS.map((task) => (
                    <ChoiceField
                      key={task}
                      at={`${at}/tasks/${task}`}
                      label={words.tasks[task]}
                      value={row.tasks[task] ?? ''}
                      empty={words.nobody}
                      options={organisations}
                      onChange={(id) =>
                        put({ ...row, tasks: compact({ ...row.tasks, [task]: id === '' ? undefined : id }) })
                      }
                    />
                  ))}
                </Grid>
                <ProblemOf at={`${at}/tasks`} />
              </Stack>
            </Wide>
          </Fold>
        )
      })}
      <AddButton onClick={() => onChange([...rows, { of: startOf('deviceType'), tasks: {} }])}>
        {words.addRow}
      </AddButton>
    </Stack>
  )
}

const SubjectField = ({ at, row, onChange }: { at: string; row: MatrixRow; onChange: (row: MatrixRow) => void }) => {
  const words = useWords(agreementPages)
  const { devices, deviceTypes } = useDraftFacts()
  const { of } = row
  if ('device' in of)
    return (
      <ChoiceField
        at={`${at}/device`}
        label={words.subjectKinds.device}
        value={of.device}
        options={devices}
        onChange={(device) => onChange({ ...row, of: { device } })}
      />
    )
  if ('deviceType' in of)
    return (
      <ChoiceField
        at={`${at}/deviceType`}
        label={words.subjectKinds.deviceType}
        value={of.deviceType}
        options={deviceTypes}
        onChange={(deviceType) => onChange({ ...row, of: { deviceType } })}
      />
    )
  const labels = { fi: words.systemFi, sv: words.systemSv, en: words.systemEn }
  return (['fi', 'sv', 'en'] as const).map((language) => (
    <TextField
      key={language}
      at={`${at}/system/${language}`}
      label={labels[language]}
      value={of.system[language] ?? ''}
      onChange={(name) =>
        onChange({ ...row, of: { system: compact({ ...of.system, [language]: name === '' ? undefined : name }) } })
      }
    />
  ))
}
