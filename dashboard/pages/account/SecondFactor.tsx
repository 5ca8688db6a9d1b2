// The second factor of one's own sign-in: turn it on by an authenticator, keep the recovery codes, turn it off.
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useEffect, useRef, useState } from 'react'
import { Button, InlineAlert, TextInput } from 'suomifi-ui-components'
import { styled } from 'styled-components'
import type { RecoveryCodes, SecondFactorBegun } from '#contract/session.ts'
import { apiPath, sendJson } from '#dashboard/client/http.ts'
import { RequestError } from '#dashboard/client/problem.ts'
import { sessionQuery } from '#dashboard/client/queries.ts'
import { Refusal } from '#dashboard/components/QueryStates.tsx'
import { useSession } from '#dashboard/components/session.ts'
import { sessionWords } from '#dashboard/text/session/words.ts'
import { useText } from '#dashboard/text/TextProvider.tsx'
import { useWords } from '#dashboard/text/words.ts'
import { Row, Small, Soft, Stack } from '#dashboard/ui/Layout.tsx'
import { QrCode } from '#dashboard/ui/QrCode.tsx'

const Key = styled.code`
  font-size: 18px;
  overflow-wrap: anywhere;
`
type Step =
  | { at: 'idle' }
  | { at: 'password' }
  | { at: 'scan'; begun: SecondFactorBegun }
  | { at: 'codes'; codes: string[] }

export const SecondFactor = () => {
  const words = useWords(sessionWords)
  const { user } = useSession()
  const client = useQueryClient()
  const [step, setStep] = useState<Step>({ at: 'idle' })
  const refresh = () => client.invalidateQueries({ queryKey: sessionQuery.queryKey })
  const idle = () => setStep({ at: 'idle' })
  const heading = useRef<HTMLHeadingElement>(null)
  const [firstStep] = useState(step)
  // The button that was pressed has gone with its step: the next one is read from its heading.
  useEffect(() => {
    if (step !== firstStep) heading.current?.focus()
  }, [step, firstStep])
  return (
    <Stack $gap={3}>
      <h2 ref={heading} tabIndex={-1}>
        {words.secondFactor}
      </h2>
      <p>{user.secondFactor ? words.isOn : words.isOff}</p>
      {step.at === 'idle' ? (
        <div>
          <Button variant="secondary" onClick={() => setStep({ at: 'password' })}>
            {user.secondFactor ? words.turnOff : words.turnOn}
          </Button>
        </div>
      ) : null}
      {step.at === 'password' ? (
        <PasswordStep
          remove={user.secondFactor}
          cancel={idle}
          begun={(begun) => setStep({ at: 'scan', begun })}
          removed={async () => {
            idle()
            await refresh()
          }}
        />
      ) : null}
      {step.at === 'scan' ? (
        <ScanStep
          begun={step.begun}
          cancel={idle}
          confirmed={async (codes) => {
            setStep({ at: 'codes', codes })
            await refresh()
          }}
        />
      ) : null}
      {step.at === 'codes' ? (
        <InlineAlert status="warning" labelText={words.recovery}>
          <Stack>
            <p>{words.recoveryText}</p>
            <ul>
              {step.codes.map((code) => (
                <li key={code}>
                  <Key>{code}</Key>
                </li>
              ))}
            </ul>
            <div>
              <Button onClick={idle}>{words.recoveryDone}</Button>
            </div>
          </Stack>
        </InlineAlert>
      ) : null}
    </Stack>
  )
}

const isWrong = (error: unknown): boolean =>
  error instanceof RequestError && ['wrong-password', 'wrong-code'].includes(error.code)

const PasswordStep = ({
  remove,
  cancel,
  begun,
  removed,
}: {
  remove: boolean
  cancel: () => void
  begun: (begun: SecondFactorBegun) => void
  removed: () => void | Promise<void>
}) => {
  const words = useWords(sessionWords)
  const { text } = useText()
  const [password, setPassword] = useState('')
  const send = useMutation({
    mutationFn: () =>
      sendJson<SecondFactorBegun>('POST', apiPath(`/session/second-factor${remove ? '/remove' : ''}`), { password }),
    onSuccess: (answer) => (answer === null ? removed() : begun(answer)),
  })
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        if (password !== '') send.mutate()
      }}
    >
      <Stack $gap={3}>
        <TextInput
          labelText={words.yourPassword}
          type="password"
          autoComplete="current-password"
          value={password}
          onChange={(value) => setPassword(String(value ?? ''))}
          {...(isWrong(send.error) ? { status: 'error' as const, statusText: text.account.wrongCurrent } : {})}
        />
        {send.error !== null && !isWrong(send.error) ? <Refusal error={send.error} /> : null}
        <Row>
          <Button type="submit">{remove ? words.turnOff : words.turnOn}</Button>
          <Button variant="secondaryNoBorder" onClick={cancel}>
            {words.cancel}
          </Button>
        </Row>
      </Stack>
    </form>
  )
}

const ScanStep = ({
  begun,
  cancel,
  confirmed,
}: {
  begun: SecondFactorBegun
  cancel: () => void
  confirmed: (codes: string[]) => void | Promise<void>
}) => {
  const words = useWords(sessionWords)
  const [code, setCode] = useState('')
  const send = useMutation({
    mutationFn: () => sendJson<RecoveryCodes>('POST', apiPath('/session/second-factor/confirm'), { code: code.trim() }),
    onSuccess: (answer) => confirmed(answer?.recoveryCodes ?? []),
  })
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        if (/^\d{6}$/.test(code.trim())) send.mutate()
      }}
    >
      <Stack $gap={3}>
        <p>{words.scan}</p>
        <QrCode text={begun.uri} label={words.qr} />
        <Soft as="p">
          {words.orType} <Key>{begun.secret}</Key>
        </Soft>
        <TextInput
          labelText={words.code}
          inputMode="numeric"
          autoComplete="one-time-code"
          value={code}
          onChange={(value) => setCode(String(value ?? ''))}
          {...(isWrong(send.error) ? { status: 'error' as const, statusText: words.codeWrong } : {})}
        />
        {send.error !== null && !isWrong(send.error) ? <Refusal error={send.error} /> : null}
        <Stack $gap={1}>
          <Row>
            <Button type="submit">{words.confirm}</Button>
            <Button variant="secondaryNoBorder" onClick={cancel}>
              {words.cancel}
            </Button>
          </Row>
          <Small>{words.confirmEffect}</Small>
        </Stack>
      </Stack>
    </form>
  )
}
