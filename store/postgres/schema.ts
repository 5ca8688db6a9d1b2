// The stored form of the records on PostgreSQL: the tables of the embedded form, and what the server itself holds of the invariants.
import { QUARANTINE_MESSAGE_ROOM } from '#store/sql/quarantine.ts'

/** The version of the embedded form that this one began with; versions count on from it, the same on both (docs/adr/records-store.md). */
export const FIRST_VERSION = 10

const refuse = (table: string, change: string): string => `
CREATE TRIGGER ${table}_no_${change.toLowerCase()} BEFORE ${change} ON ${table} FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();`
const appendOnly = (table: string): string =>
  refuse(table, 'UPDATE') + refuse(table, 'DELETE') + refuse(table, 'TRUNCATE')

/** What the engine asks for and PostgreSQL lacks, and what the constraints ask. Dates are texts YYYY-MM-DD, which sort as days do. */
const FUNCTIONS = `
CREATE FUNCTION json_each(body text) RETURNS TABLE (value text) LANGUAGE sql IMMUTABLE ROWS 100 AS $$
  SELECT value FROM jsonb_array_elements_text(coalesce(body, '[]')::jsonb)
$$;
CREATE FUNCTION json_each(body text, path text) RETURNS TABLE (value text) LANGUAGE sql IMMUTABLE AS $$
  SELECT value::text FROM jsonb_array_elements(
    CASE jsonb_typeof(body::jsonb -> substr(path, 3)) WHEN 'array' THEN body::jsonb -> substr(path, 3) ELSE '[]' END) AS e (value)
$$;
CREATE FUNCTION json_extract(body text, path text) RETURNS text LANGUAGE sql IMMUTABLE AS $$
  SELECT body::jsonb ->> substr(path, 3)
$$;
CREATE FUNCTION instr(within text, wanted text) RETURNS bigint LANGUAGE sql IMMUTABLE AS $$
  SELECT strpos(within, wanted)::bigint
$$;
CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '% keeps what was written: no %', TG_TABLE_NAME, TG_OP;
END $$;

CREATE FUNCTION spans_overlap(spans jsonb) RETURNS boolean LANGUAGE sql IMMUTABLE AS $$
  SELECT EXISTS (
    SELECT 1 FROM jsonb_array_elements(spans) WITH ORDINALITY AS a (span, place)
      JOIN jsonb_array_elements(spans) WITH ORDINALITY AS b (span, place) ON a.place < b.place
    WHERE a.span ->> 'from' < coalesce(b.span ->> 'to', '9999-12-31') COLLATE "C"
      AND b.span ->> 'from' < coalesce(a.span ->> 'to', '9999-12-31') COLLATE "C")
$$;
CREATE FUNCTION tenancies_hold(body text) RETURNS boolean LANGUAGE sql IMMUTABLE SET search_path FROM CURRENT AS $$
  SELECT NOT EXISTS (
    SELECT 1 FROM (
      SELECT jsonb_agg(row) AS spans FROM jsonb_array_elements(coalesce(body::jsonb -> 'tenancies', '[]')) AS t (row) GROUP BY row ->> 'space'
    ) AS held WHERE spans_overlap(spans))
$$;
CREATE FUNCTION ownership_holds(body text) RETURNS boolean LANGUAGE sql IMMUTABLE SET search_path FROM CURRENT AS $$
  SELECT NOT spans_overlap(coalesce(body::jsonb -> 'ownership', '[]')) AND NOT EXISTS (
    SELECT 1 FROM jsonb_array_elements(coalesce(body::jsonb -> 'ownership', '[]')) AS o (row)
    WHERE (SELECT coalesce(sum(share::numeric), 0) <= 0 OR bool_or(share::numeric < 0) FROM jsonb_each_text(row -> 'shares') AS s (organisation, share)))
$$;
`

const TABLES = `
CREATE TABLE objects (
  kind TEXT NOT NULL, id TEXT NOT NULL, version INTEGER NOT NULL,
  recorded_at INTEGER NOT NULL, superseded_at INTEGER, recorded_by TEXT NOT NULL,
  premises TEXT, type TEXT, space TEXT, search TEXT NOT NULL, body TEXT NOT NULL,
  PRIMARY KEY (kind, id, version),
  CONSTRAINT one_after_the_other CHECK (superseded_at IS NULL OR superseded_at >= recorded_at),
  CONSTRAINT tenancies_do_not_overlap CHECK (kind <> 'premises' OR tenancies_hold(body)),
  CONSTRAINT ownership_adds_up CHECK (kind <> 'devices' OR ownership_holds(body))
);
CREATE UNIQUE INDEX objects_current ON objects (kind, id) WHERE superseded_at IS NULL;
CREATE INDEX objects_premises ON objects (kind, premises, id) WHERE superseded_at IS NULL;
CREATE INDEX objects_type ON objects (kind, type, id) WHERE superseded_at IS NULL AND type IS NOT NULL;
CREATE INDEX objects_space ON objects (kind, premises, space, id) WHERE superseded_at IS NULL AND space IS NOT NULL;
CREATE INDEX objects_past ON objects (kind, premises, id, recorded_at);
CREATE FUNCTION refuse_rewriting() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF (OLD.kind, OLD.id, OLD.version, OLD.recorded_at, OLD.recorded_by, OLD.body)
     IS DISTINCT FROM (NEW.kind, NEW.id, NEW.version, NEW.recorded_at, NEW.recorded_by, NEW.body)
  THEN RAISE EXCEPTION 'a version of an object is never rewritten'; END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER objects_no_rewrite BEFORE UPDATE ON objects FOR EACH ROW EXECUTE FUNCTION refuse_rewriting();
${refuse('objects', 'DELETE')}${refuse('objects', 'TRUNCATE')}

CREATE TABLE prices (
  series TEXT NOT NULL, at INTEGER NOT NULL, interval TEXT NOT NULL, revision INTEGER NOT NULL,
  price TEXT NOT NULL, recorded_at INTEGER NOT NULL, superseded_at INTEGER,
  PRIMARY KEY (series, at, interval, revision)
);
CREATE UNIQUE INDEX prices_current ON prices (series, at, interval) WHERE superseded_at IS NULL;
CREATE TABLE usage (
  device TEXT NOT NULL, from_at INTEGER NOT NULL, to_at INTEGER NOT NULL, organisation TEXT NOT NULL, revision INTEGER NOT NULL,
  recorded_at INTEGER NOT NULL, superseded_at INTEGER,
  PRIMARY KEY (device, from_at, to_at, organisation, revision),
  CONSTRAINT some_time CHECK (from_at < to_at)
);

CREATE TABLE ledger (
  seq SERIAL PRIMARY KEY, premises TEXT NOT NULL, period TEXT NOT NULL, issue INTEGER NOT NULL, status TEXT NOT NULL,
  at INTEGER NOT NULL, by TEXT NOT NULL, body TEXT NOT NULL, digest TEXT, previous_digest TEXT, force TEXT, grounds TEXT,
  UNIQUE (premises, period, issue),
  CONSTRAINT known_status CHECK (status IN ('issued', 'closed')),
  CONSTRAINT closed_has_digest CHECK (status <> 'closed' OR digest IS NOT NULL)
);
CREATE UNIQUE INDEX ledger_closed_once ON ledger (premises, period) WHERE status = 'closed';
CREATE FUNCTION hold_chain() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.status = 'closed' AND NEW.previous_digest IS DISTINCT FROM
     (SELECT digest FROM ledger WHERE premises = NEW.premises AND status = 'closed' ORDER BY seq DESC LIMIT 1)
  THEN RAISE EXCEPTION 'a closed month continues the chain of digests'; END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER ledger_chain BEFORE INSERT ON ledger FOR EACH ROW EXECUTE FUNCTION hold_chain();
${appendOnly('ledger')}
CREATE TABLE responses (
  seq SERIAL PRIMARY KEY, premises TEXT NOT NULL, period TEXT NOT NULL, issue INTEGER NOT NULL, party TEXT NOT NULL,
  item TEXT, answer TEXT NOT NULL, text TEXT NOT NULL, at INTEGER NOT NULL, by TEXT NOT NULL,
  FOREIGN KEY (premises, period, issue) REFERENCES ledger (premises, period, issue)
);
CREATE INDEX responses_period ON responses (premises, period, seq);
${appendOnly('responses')}
CREATE TABLE countersignatures (
  seq SERIAL PRIMARY KEY, premises TEXT NOT NULL, period TEXT NOT NULL, digest TEXT NOT NULL, party TEXT NOT NULL,
  public_key TEXT NOT NULL, signature TEXT NOT NULL, at INTEGER NOT NULL, by TEXT NOT NULL,
  UNIQUE (premises, period, digest, party)
);
${appendOnly('countersignatures')}

CREATE TABLE users (id TEXT PRIMARY KEY, login TEXT NOT NULL UNIQUE, body TEXT NOT NULL);
CREATE TABLE sessions (
  id_hash TEXT PRIMARY KEY, "user" TEXT NOT NULL, organisation TEXT, csrf TEXT NOT NULL,
  created_at INTEGER NOT NULL, seen_at INTEGER NOT NULL, expires_at INTEGER NOT NULL, agent TEXT NOT NULL DEFAULT ''
);
CREATE INDEX sessions_user ON sessions ("user");
CREATE TABLE tokens (id TEXT PRIMARY KEY, hash TEXT NOT NULL UNIQUE, organisation TEXT, body TEXT NOT NULL);
CREATE TABLE credentials (
  id TEXT PRIMARY KEY, device TEXT NOT NULL, hash TEXT NOT NULL, gateway INTEGER NOT NULL, created_at INTEGER NOT NULL, revoked_at INTEGER
);
CREATE INDEX credentials_valid ON credentials (device) WHERE revoked_at IS NULL;
CREATE INDEX credentials_hash ON credentials (hash) WHERE revoked_at IS NULL;

CREATE TABLE connectors (id TEXT PRIMARY KEY, premises TEXT NOT NULL, body TEXT NOT NULL, version INTEGER NOT NULL DEFAULT 1);
CREATE TABLE quarantine (
  id SERIAL PRIMARY KEY, credential TEXT NOT NULL, device TEXT, topic TEXT NOT NULL, reason TEXT NOT NULL, detail TEXT NOT NULL,
  count INTEGER NOT NULL, kept INTEGER NOT NULL DEFAULT 0, truncated INTEGER NOT NULL DEFAULT 0, room INTEGER NOT NULL DEFAULT 0,
  first_at INTEGER NOT NULL, last_at INTEGER NOT NULL,
  UNIQUE (credential, topic, reason)
);
CREATE INDEX quarantine_age ON quarantine (last_at);
CREATE INDEX quarantine_device ON quarantine (device);
CREATE INDEX quarantine_room ON quarantine (credential, room);
CREATE TABLE quarantine_messages (
  id SERIAL PRIMARY KEY, entry INTEGER NOT NULL REFERENCES quarantine (id) ON DELETE CASCADE,
  device TEXT, topic TEXT NOT NULL, truncated INTEGER NOT NULL, at INTEGER NOT NULL, payload BLOB NOT NULL
);
CREATE INDEX quarantine_messages_entry ON quarantine_messages (entry, id);
CREATE FUNCTION count_kept() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  UPDATE quarantine q SET kept = q.kept + s.sign * s.kept, truncated = q.truncated + s.sign * s.truncated, room = q.room + s.sign * s.room
  FROM (
    SELECT entry, count(*) AS kept, sum(m.truncated) AS truncated, sum(${QUARANTINE_MESSAGE_ROOM} + length(m.payload)) AS room,
      CASE TG_OP WHEN 'INSERT' THEN 1 ELSE -1 END AS sign
    FROM touched m GROUP BY entry
  ) AS s WHERE q.id = s.entry;
  RETURN NULL;
END $$;
CREATE TRIGGER quarantine_message_kept AFTER INSERT ON quarantine_messages
  REFERENCING NEW TABLE AS touched FOR EACH STATEMENT EXECUTE FUNCTION count_kept();
CREATE TRIGGER quarantine_message_gone AFTER DELETE ON quarantine_messages
  REFERENCING OLD TABLE AS touched FOR EACH STATEMENT EXECUTE FUNCTION count_kept();
CREATE TABLE proposed_points (
  device TEXT NOT NULL, key TEXT NOT NULL, unit TEXT, sample TEXT NOT NULL, first_at INTEGER NOT NULL, last_at INTEGER NOT NULL,
  PRIMARY KEY (device, key)
);
CREATE TABLE idempotency (
  actor TEXT NOT NULL, key TEXT NOT NULL, body_hash TEXT NOT NULL, status INTEGER NOT NULL, answer TEXT NOT NULL, at INTEGER NOT NULL,
  PRIMARY KEY (actor, key)
);
CREATE INDEX idempotency_age ON idempotency (at);
CREATE TABLE audit (
  seq INTEGER PRIMARY KEY, at INTEGER NOT NULL, actor TEXT NOT NULL, action TEXT NOT NULL, kind TEXT NOT NULL, id TEXT NOT NULL,
  premises TEXT, detail TEXT NOT NULL, hash TEXT NOT NULL
);
CREATE INDEX audit_premises ON audit (premises, seq);
${appendOnly('audit')}
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL);

CREATE TABLE links (
  kind TEXT NOT NULL, id TEXT NOT NULL, premises TEXT, to_kind TEXT NOT NULL, to_id TEXT NOT NULL,
  PRIMARY KEY (kind, id, to_kind, to_id)
);
CREATE INDEX links_to ON links (to_kind, to_id, kind, id, premises);
CREATE TABLE sight (
  organisation TEXT NOT NULL, premises TEXT NOT NULL, kind TEXT NOT NULL, id TEXT NOT NULL,
  PRIMARY KEY (organisation, premises, kind, id)
);
CREATE INDEX sight_object ON sight (kind, id);
CREATE INDEX sight_premises ON sight (premises, organisation);

CREATE TABLE papers (
  seq SERIAL PRIMARY KEY, kind TEXT NOT NULL, id TEXT NOT NULL, premises TEXT, audience TEXT NOT NULL,
  state TEXT NOT NULL, due_at INTEGER, body TEXT NOT NULL, version INTEGER NOT NULL,
  created_at INTEGER NOT NULL, created_by TEXT NOT NULL, changed_at INTEGER NOT NULL, changed_by TEXT NOT NULL,
  UNIQUE (kind, id)
);
CREATE INDEX papers_premises ON papers (kind, premises, seq);
CREATE INDEX papers_state ON papers (kind, state, seq);
CREATE INDEX papers_due ON papers (kind, due_at) WHERE due_at IS NOT NULL;
CREATE TABLE paper_audience (
  organisation TEXT NOT NULL, paper INTEGER NOT NULL REFERENCES papers (seq) ON DELETE CASCADE,
  PRIMARY KEY (organisation, paper)
);
CREATE INDEX paper_audience_paper ON paper_audience (paper);
CREATE TABLE paper_versions (
  paper INTEGER NOT NULL REFERENCES papers (seq) ON DELETE CASCADE, version INTEGER NOT NULL, state TEXT NOT NULL,
  due_at INTEGER, body TEXT NOT NULL, files TEXT NOT NULL, at INTEGER NOT NULL, by TEXT NOT NULL,
  PRIMARY KEY (paper, version)
);
${refuse('paper_versions', 'UPDATE')}
CREATE TABLE files (digest TEXT PRIMARY KEY, media_type TEXT NOT NULL, name TEXT NOT NULL, bytes BLOB NOT NULL, at INTEGER NOT NULL);
CREATE TABLE paper_files (
  paper INTEGER NOT NULL REFERENCES papers (seq) ON DELETE CASCADE, place INTEGER NOT NULL,
  digest TEXT NOT NULL REFERENCES files (digest), PRIMARY KEY (paper, place)
);
CREATE INDEX paper_files_digest ON paper_files (digest);
CREATE TABLE numbers (series TEXT PRIMARY KEY, last INTEGER NOT NULL);
CREATE TABLE file_senders (
  digest TEXT NOT NULL REFERENCES files (digest) ON DELETE CASCADE, organisation TEXT NOT NULL,
  PRIMARY KEY (digest, organisation)
);
CREATE TABLE events (seq SERIAL PRIMARY KEY, node TEXT NOT NULL, body TEXT NOT NULL, at INTEGER NOT NULL);
CREATE INDEX events_age ON events (at);
`

/**
 * The index of sight has a row for each device of an owner, so it is walked from one premises to the next.
 * Row-level security: whoever reads sees what the rule of sight gives to the scope of the connection; also somebody who looks past
 * this program, with a role `samtila_org_<id>` of their own. The program's own writes have the scope `*`.
 */
const SECURITY = `
CREATE FUNCTION scope() RETURNS text LANGUAGE sql STABLE AS $$
  SELECT CASE WHEN starts_with(session_user::text, 'samtila_org_') THEN substr(session_user::text, 13)
    ELSE coalesce(current_setting('samtila.scope', true), '') END
$$;
CREATE FUNCTION bodies_of_scope() RETURNS SETOF text LANGUAGE sql STABLE SET search_path FROM CURRENT AS $$
  WITH RECURSIVE body (id) AS (
    SELECT scope() COLLATE "C" UNION SELECT l.id FROM links l JOIN body b
      ON l.to_kind = 'organisations' AND l.to_id = b.id AND l.kind = 'organisations'
  ) SELECT id FROM body
$$;
CREATE FUNCTION seen_premises() RETURNS SETOF text LANGUAGE sql STABLE SET search_path FROM CURRENT AS $$
  WITH RECURSIVE seen (organisation, premises) AS (
    SELECT b.id COLLATE "C", (SELECT min(s.premises) FROM sight s WHERE s.organisation = b.id COLLATE "C") FROM bodies_of_scope() AS b (id)
    UNION ALL
    SELECT n.organisation, (SELECT min(s.premises) FROM sight s WHERE s.organisation = n.organisation AND s.premises > n.premises)
      FROM seen n WHERE n.premises IS NOT NULL
  ) SELECT premises FROM seen WHERE premises IS NOT NULL
$$;
CREATE FUNCTION seen_tariffs() RETURNS SETOF text LANGUAGE sql STABLE SET search_path FROM CURRENT AS $$
  SELECT to_id FROM links WHERE to_kind = 'tariffs' AND premises IN (SELECT seen_premises())
$$;
CREATE FUNCTION seen_series() RETURNS SETOF text LANGUAGE sql STABLE SET search_path FROM CURRENT AS $$
  SELECT to_id FROM links WHERE to_kind = 'priceSeries' AND kind = 'tariffs' AND id IN (SELECT seen_tariffs())
$$;
CREATE POLICY sight ON objects USING (scope() = '*' OR kind = 'organisations' OR premises IN (SELECT seen_premises())
  OR (kind = 'tariffs' AND id IN (SELECT seen_tariffs())) OR (kind = 'priceSeries' AND id IN (SELECT seen_series())));
CREATE POLICY sight ON papers USING (scope() = '*' OR audience = 'everyone'
  OR (audience IN ('premises', 'premises-and') AND premises IN (SELECT seen_premises()))
  OR (audience IN ('organisations', 'premises-and') AND seq IN (SELECT paper FROM paper_audience WHERE organisation IN (SELECT bodies_of_scope()))));
CREATE POLICY sight ON paper_versions USING (scope() = '*' OR paper IN (SELECT seq FROM papers));
CREATE POLICY sight ON files USING (scope() = '*' OR digest IN (SELECT digest FROM paper_files WHERE paper IN (SELECT seq FROM papers)));
CREATE POLICY sight ON quarantine USING (scope() = '*' OR id IN (SELECT entry FROM quarantine_messages)
  OR device IN (SELECT id FROM objects WHERE kind = 'devices'));
CREATE POLICY sight ON quarantine_messages USING (scope() = '*' OR device IN (SELECT id FROM objects WHERE kind = 'devices'));
CREATE POLICY sight ON proposed_points USING (scope() = '*' OR device IN (SELECT id FROM objects WHERE kind = 'devices'));
CREATE POLICY sight ON usage USING (scope() = '*' OR device IN (SELECT id FROM objects WHERE kind = 'devices'));
${['ledger', 'responses', 'countersignatures', 'audit', 'connectors']
  .map((table) => `CREATE POLICY sight ON ${table} USING (scope() = '*' OR premises IN (SELECT seen_premises()));`)
  .join('\n')}
${['users', 'sessions', 'tokens', 'credentials', 'idempotency', 'file_senders', 'events', 'meta']
  .map((table) => `CREATE POLICY sight ON ${table} USING (scope() = '*');`)
  .join('\n')}
`
const SECURED =
  `objects papers paper_versions quarantine quarantine_messages proposed_points usage ledger responses countersignatures audit
  connectors users sessions tokens credentials idempotency files file_senders events meta`.split(/\s+/)

/** Texts sort by their characters' codes, as in the embedded form; whole numbers have 64 bits. */
const typed = (sql: string): string =>
  sql
    .replaceAll(/\bSERIAL\b/g, 'BIGINT GENERATED BY DEFAULT AS IDENTITY')
    .replaceAll(/\bINTEGER\b/g, 'BIGINT')
    .replaceAll(/\bBLOB\b/g, 'BYTEA')
    .replaceAll(/\bTEXT\b/g, 'TEXT COLLATE "C"')

export const FIRST = [
  FUNCTIONS,
  typed(TABLES),
  SECURITY,
  ...SECURED.map(
    (table) => `ALTER TABLE ${table} ENABLE ROW LEVEL SECURITY; ALTER TABLE ${table} FORCE ROW LEVEL SECURITY;`,
  ),
].join('\n')

/**
 * What can be found by words. Whoever sees the premises reads the open words; those of keepers are theirs, and those of papers only the
 * program's, which knows whom a paper is for.
 */
const FINDS = `
${typed(`CREATE TABLE finds (
  seq SERIAL PRIMARY KEY, kind TEXT NOT NULL, id TEXT NOT NULL, premises TEXT, sight INTEGER NOT NULL,
  words TEXT NOT NULL, facets TEXT NOT NULL, tokens tsvector
);
CREATE UNIQUE INDEX finds_of ON finds (kind, id, sight);
CREATE INDEX finds_premises ON finds (premises, kind);
CREATE TABLE find_keepers (
  find INTEGER NOT NULL, organisation TEXT NOT NULL, from_day TEXT NOT NULL, to_day TEXT,
  PRIMARY KEY (find, organisation, from_day)
);
CREATE TABLE search_form (form INTEGER NOT NULL PRIMARY KEY);
`)}
CREATE INDEX finds_tokens ON finds USING gin (tokens);
CREATE POLICY sight ON find_keepers USING (scope() = '*' OR organisation IN (SELECT bodies_of_scope()));
CREATE POLICY sight ON finds USING (scope() = '*' OR (
  (kind = 'organisations' OR premises IN (SELECT seen_premises()))
  AND (sight < 2 OR (sight = 2 AND seq IN (SELECT find FROM find_keepers
    WHERE from_day <= to_char(now(), 'YYYY-MM-DD') AND (to_day IS NULL OR to_day > to_char(now(), 'YYYY-MM-DD')))))));
${['finds', 'find_keepers'].map((table) => `ALTER TABLE ${table} ENABLE ROW LEVEL SECURITY; ALTER TABLE ${table} FORCE ROW LEVEL SECURITY;`).join('\n')}
`

/** Classified documents are found by who keeps the device or space that they are about. */
const FINDS_ABOUT = `
${typed('ALTER TABLE finds ADD COLUMN about TEXT;')}
CREATE INDEX finds_about ON finds (about) WHERE about IS NOT NULL;
`

/** An organisation reads of the audit log also what was done in its own name; the organisation is the last field of the stored actor. */
const AUDIT_OF_ACTOR = `
DROP POLICY sight ON audit;
CREATE POLICY sight ON audit USING (scope() = '*' OR premises IN (SELECT seen_premises())
  OR starts_with(reverse(actor), reverse(',"organisation":"' || scope() || '"}')));
`

/** From FIRST_VERSION on: number n brings the form from version FIRST_VERSION + n to the next. */
export const MIGRATIONS: readonly string[] = [FINDS, FINDS_ABOUT, AUDIT_OF_ACTOR]
