// The states that every page has besides its content: loading, refused, empty.
import { Suspense, useLayoutEffect, type ReactNode } from 'react'
import { Button, InlineAlert, LoadingSpinner } from 'suomifi-ui-components'
import { isOfShape, problemKind, RequestError } from '#dashboard/client/problem.ts'
import { wordOf } from '#domain/writing/word-of.ts'
import { useText } from '#dashboard/text/TextProvider.tsx'
import { Panel, Row, Small, Soft, Stack } from '#dashboard/ui/Layout.tsx'
import { usePrinting } from '#dashboard/ui/usePrinting.ts'
import { AppLink } from './AppLink.tsx'
import { ProblemsSaid, type FieldNames } from './ProblemsSaid.tsx'
import { SaidByServer } from './SaidByServer.tsx'

export const Loading = () => {
  const { text } = useText()
  if (usePrinting()) return <p>{text.common.notYetOnPaper}</p>
  return <LoadingSpinner status="loading" variant="small" text={text.common.loading} textAlign="right" />
}

/** Details that the words of a refusal say already. */
const SAYS_NOTHING_MORE: ReadonlySet<string> = new Set(['', 'Nothing was changed.'])

/** What a refusal is called. */
export const useRefusalTitle = (error: unknown): string => {
  const { text } = useText()
  const isChange = error instanceof RequestError && error.isChange
  return wordOf(text.errors.titles, problemKind(error), isChange ? text.errors.notSaved : text.errors.title)
}

/** Words for a refusal: what happened, what is kept, what to do. */
type RefusalProps = {
  error: unknown
  retry?: (() => void) | undefined
  /** A heading above already says what it is called. */ headed?: boolean
  fields?: FieldNames
}
export const Refusal = ({ error, retry, headed = false, fields = {} }: RefusalProps) => {
  const { text } = useText()
  const kind = problemKind(error)
  const title = useRefusalTitle(error)
  return (
    <InlineAlert
      status={kind === 'not-found' || kind === 'not-allowed' ? 'neutral' : 'error'}
      {...(headed ? {} : { labelText: title })}
    >
      <Stack $gap={1}>
        <p>{text.errors.kinds[kind]}</p>
        {error instanceof RequestError && kind === 'refused' && !SAYS_NOTHING_MORE.has(error.detail) ? (
          isOfShape(error) ? (
            <ProblemsSaid problems={error.problems} fields={fields} />
          ) : (
            <p>
              <SaidByServer>{error.detail}</SaidByServer>
            </p>
          )
        ) : null}
        {error instanceof RequestError && kind === 'broken' ? (
          <Small>{text.errors.reference(error.instance)}</Small>
        ) : null}
        <Row>
          {retry === undefined || ['not-allowed', 'not-found', 'outcome-unknown'].includes(kind) ? null : (
            <Button variant="secondary" onClick={retry}>
              {kind === 'old-version' ? text.errors.reload : text.common.tryAgain}
            </Button>
          )}
          {kind === 'not-found' || kind === 'not-allowed' ? <AppLink to="/">{text.errors.toStart}</AppLink> : null}
        </Row>
      </Stack>
    </InlineAlert>
  )
}

/** What had the focus gets it back when this is gone: a browser takes it from what is hidden meanwhile. */
export const useFocusBack = () =>
  useLayoutEffect(() => {
    const focused = document.activeElement
    return () => {
      setTimeout(() => {
        if (document.activeElement === document.body && focused instanceof HTMLElement) focused.focus()
      })
    }
  }, [])

/** Shown while words or parts of what is below are still coming. */
export const Coming = () => {
  useFocusBack()
  return <Loading />
}

/** What would be here, and the first step. */
export const Empty = ({ title, step, children }: { title: string; step?: string; children?: ReactNode }) => (
  <Stack $gap={1}>
    <p>{title}</p>
    {step === undefined ? null : <Soft as="p">{step}</Soft>}
    {children}
  </Stack>
)

type Asked<T> = { data: T | undefined; error: unknown; refetch: () => unknown }
/**
 * Content of a query when it is there; otherwise its loading or refused state. Old content stays while a new one is asked for.
 * Only the content waits for its words, never the page around it: someone may be writing there.
 */
export const WhenLoaded = <T,>({ query, children }: { query: Asked<T>; children: (data: T) => ReactNode }) => {
  if (query.data !== undefined) return <Suspense fallback={<Coming />}>{children(query.data)}</Suspense>
  if (query.error !== null) return <Refusal error={query.error} retry={() => void query.refetch()} />
  return <Loading />
}

/** In place of a part that is not there where it has nothing to show, so that a failed question is not taken for nothing. */
export const PartIfFailed = ({ query, title }: { query: Asked<unknown>; title: string }) =>
  query.data !== undefined || query.error === null || isNotForReader(query.error) ? null : (
    <Panel>
      <Stack>
        <h2>{title}</h2>
        <Refusal error={query.error} retry={() => void query.refetch()} />
      </Stack>
    </Panel>
  )
const isNotForReader = (error: unknown): boolean => ['not-allowed', 'not-found'].includes(problemKind(error))
