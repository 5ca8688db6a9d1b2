// The one place that turns a scope into SQL: what an organisation may see of each kind of object.
import type { ObjectKind } from '#domain/registry/bundle.ts'

/** SQLite looks up what names a body only in this order, which CROSS JOIN keeps; else it reads all that names any. */
const BODIES = `body (id) AS (
    SELECT $organisation UNION SELECT l.id FROM body b CROSS JOIN links l
      WHERE l.to_kind = 'organisations' AND l.to_id = b.id AND l.kind = 'organisations')`

/** $organisation and every body that it succeeds. */
export const BODIES_OF_SCOPE = `(WITH RECURSIVE ${BODIES} SELECT id FROM body)`

/**
 * The premises that $organisation sees: those of the index of sight, its own and those of every body that it succeeds,
 * because rights pass to the successor, also the right to look at the past. An owner of thousands of devices has as many rows in
 * that index, so it is walked from one premises to the next.
 */
export const SEEN_PREMISES = `(
  WITH RECURSIVE ${BODIES}, seen (organisation, premises) AS (
    SELECT b.id, (SELECT min(s.premises) FROM sight s WHERE s.organisation = b.id) FROM body b
    UNION ALL
    SELECT n.organisation, (SELECT min(s.premises) FROM sight s WHERE s.organisation = n.organisation AND s.premises > n.premises)
      FROM seen n WHERE n.premises IS NOT NULL
  ) SELECT premises FROM seen WHERE premises IS NOT NULL)`

/** The current device `o` of a row `q` that names one; without a known device only the operator sees the row. */
export const DEVICE_OF_ROW = "LEFT JOIN objects o ON o.kind = 'devices' AND o.id = q.device AND o.superseded_at IS NULL"

/**
 * A condition on the row `o` of objects; $organisation is the scope, null for the operator who sees all.
 * Organisations are visible to everybody: names of public bodies are public. A tariff is visible where a metered cost of a
 * visible premises uses it, a price series where a visible tariff does.
 */
export const visibleSql = (kind: ObjectKind): string => {
  switch (kind) {
    case 'organisations':
      return '1 = 1'
    case 'tariffs':
      return `($organisation IS NULL OR EXISTS (SELECT 1 FROM links l
        WHERE l.to_kind = 'tariffs' AND l.to_id = o.id AND l.premises IN ${SEEN_PREMISES}))`
    case 'priceSeries':
      return `($organisation IS NULL OR EXISTS (SELECT 1 FROM links t JOIN links m ON m.to_kind = 'tariffs' AND m.to_id = t.id
        WHERE t.to_kind = 'priceSeries' AND t.to_id = o.id AND t.kind = 'tariffs' AND m.premises IN ${SEEN_PREMISES}))`
    default:
      return `($organisation IS NULL OR o.premises IN ${SEEN_PREMISES})`
  }
}

/** A condition on the row `o`: it concerns the premises $premises, by itself or through what uses it there. */
export const ofPremisesSql = (kind: ObjectKind): string => {
  switch (kind) {
    case 'organisations':
      return 'o.id IN (SELECT organisation FROM sight WHERE premises = $premises)'
    case 'tariffs':
      return "o.id IN (SELECT to_id FROM links WHERE to_kind = 'tariffs' AND premises = $premises)"
    case 'priceSeries':
      return `o.id IN (SELECT t.to_id FROM links t JOIN links m ON m.to_kind = 'tariffs' AND m.to_id = t.id
        WHERE t.to_kind = 'priceSeries' AND t.kind = 'tariffs' AND m.premises = $premises)`
    default:
      return 'o.premises = $premises'
  }
}
