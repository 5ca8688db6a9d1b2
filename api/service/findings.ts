// What a technician found broken becomes a fault, each once: the task learns its fault in the same transaction in which it is made.
import type { Actor, Records } from '#domain/ports/records.ts'
import type { Id, Language } from '#domain/registry/bundle.ts'
import { ALL } from '#domain/registry/list-all.ts'
import { SERVICE_TASK } from '#domain/service/task.ts'
import type { Faults } from '#api/faults/faults.ts'

/** Does nothing where every finding has its fault already. */
export async function reportFindings(
  records: Records,
  faults: Faults,
  id: Id,
  { actor, language }: { actor: Actor; language: Language },
): Promise<void> {
  for (;;) {
    const task = await records.getPaper(ALL, SERVICE_TASK, id)
    const outcome = task?.body.outcome ?? null
    const place = outcome?.findings.findIndex(({ fault }) => fault === null) ?? -1
    const finding = outcome?.findings[place]
    if (task === null || outcome === null || finding === undefined) return
    await faults.report(
      {
        premises: task.premises ?? '',
        device: task.body.device,
        space: task.body.space,
        what: finding.text,
        choice: null,
        source: 'person',
        alarm: null,
        language,
        files: outcome.photos.map((digest, i) => ({ digest, name: `photo-${i + 1}.jpg` })),
        followers: [],
        same: null,
        apart: false,
      },
      actor,
      (fault) => {
        const findings = outcome.findings.map((one, i) => (i === place ? { ...one, fault } : one))
        const { premises, audience, state, dueAt, body, version } = task
        const changed = { ...body, outcome: { ...outcome, findings } }
        const paper = { id, premises, audience, state, dueAt, body: changed }
        return [{ kind: SERVICE_TASK, paper, expectedVersion: version, action: 'service-task.fault' }]
      },
    )
  }
}
