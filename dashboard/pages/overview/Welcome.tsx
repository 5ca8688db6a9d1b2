// What a new person can do here, by role; hidden for good by one press, and opened again from help.
import { Button } from 'suomifi-ui-components'
import { AppLink } from '#dashboard/components/AppLink.tsx'
import { Refusal } from '#dashboard/components/QueryStates.tsx'
import { useSession, useSessionChange } from '#dashboard/components/session.ts'
import { helpWords } from '#dashboard/text/help/words.ts'
import { useWords } from '#dashboard/text/words.ts'
import { Grid, Panel, Row, Small, Soft, Stack } from '#dashboard/ui/Layout.tsx'
import { thingsFor } from './welcome-things.ts'

export const Welcome = () => {
  const { welcome } = useWords(helpWords)
  const session = useSession()
  const change = useSessionChange()
  if (session.user.guideSeen) return null
  return (
    <Panel aria-labelledby="welcome">
      <Stack>
        <h2 id="welcome">{welcome.title}</h2>
        <Grid $min={240}>
          {thingsFor(session).map(({ thing, to }) => (
            <div key={thing}>
              <AppLink to={to}>{welcome.things[thing][0]}</AppLink>
              <Soft as="p">{welcome.things[thing][1]}</Soft>
            </div>
          ))}
        </Grid>
        {change.error === null ? null : <Refusal error={change.error} />}
        <Row>
          <Button variant="secondary" disabled={change.isPending} onClick={() => change.mutate({ guideSeen: true })}>
            {welcome.close}
          </Button>
          <Small>{welcome.back}</Small>
        </Row>
      </Stack>
    </Panel>
  )
}
