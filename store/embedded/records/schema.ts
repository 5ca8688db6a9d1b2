// The stored form of the records, as a list of migrations: number n brings a database from version n to n + 1 (docs/adr/records-store.md).
import type { DatabaseSync } from 'node:sqlite'
import { rebuildIndexes } from '#store/sql/object-indexes.ts'
import { QUARANTINE_MESSAGE_ROOM } from '#store/sql/quarantine.ts'
import { createContext } from './context.ts'
import { WORD_INDEX } from './word-index.ts'

/** 'SMTL': tells a records database from any other SQLite file. */
export const APPLICATION_ID = 0x534d544c

const refuse = (table: string, change: string): string =>
  `CREATE TRIGGER ${table}_no_${change.toLowerCase()} BEFORE ${change} ON ${table} BEGIN SELECT RAISE(ABORT, '${table} is append-only'); END;`
const appendOnly = (table: string): string => refuse(table, 'UPDATE') + refuse(table, 'DELETE')

const FIRST = `
CREATE TABLE objects (
  kind TEXT NOT NULL, id TEXT NOT NULL, version INTEGER NOT NULL,
  recorded_at INTEGER NOT NULL, superseded_at INTEGER, recorded_by TEXT NOT NULL,
  premises TEXT, type TEXT, space TEXT, search TEXT NOT NULL, body TEXT NOT NULL,
  PRIMARY KEY (kind, id, version)
);
CREATE UNIQUE INDEX objects_current ON objects (kind, id, premises) WHERE superseded_at IS NULL;
CREATE INDEX objects_premises ON objects (kind, premises, id) WHERE superseded_at IS NULL;
CREATE INDEX objects_type ON objects (kind, type, id) WHERE superseded_at IS NULL AND type IS NOT NULL;
CREATE INDEX objects_space ON objects (kind, premises, space, id) WHERE superseded_at IS NULL AND space IS NOT NULL;
CREATE INDEX objects_past ON objects (kind, premises, id, recorded_at);
CREATE TRIGGER objects_no_delete BEFORE DELETE ON objects BEGIN SELECT RAISE(ABORT, 'objects keep their versions'); END;
CREATE TRIGGER objects_no_rewrite BEFORE UPDATE OF kind, id, version, recorded_at, recorded_by, body ON objects
  BEGIN SELECT RAISE(ABORT, 'a version of an object is never rewritten'); END;

CREATE TABLE prices (
  series TEXT NOT NULL, at INTEGER NOT NULL, interval TEXT NOT NULL, revision INTEGER NOT NULL,
  price TEXT NOT NULL, recorded_at INTEGER NOT NULL, superseded_at INTEGER,
  PRIMARY KEY (series, at, interval, revision)
) WITHOUT ROWID;

CREATE TABLE usage (
  device TEXT NOT NULL, from_at INTEGER NOT NULL, to_at INTEGER NOT NULL, organisation TEXT NOT NULL, recorded_at INTEGER NOT NULL,
  PRIMARY KEY (device, from_at, to_at, organisation)
) WITHOUT ROWID;

CREATE TABLE ledger (
  seq INTEGER PRIMARY KEY, premises TEXT NOT NULL, period TEXT NOT NULL, issue INTEGER NOT NULL, status TEXT NOT NULL,
  at INTEGER NOT NULL, by TEXT NOT NULL, body TEXT NOT NULL, digest TEXT, previous_digest TEXT, force TEXT,
  UNIQUE (premises, period, issue)
);
CREATE UNIQUE INDEX ledger_closed_once ON ledger (premises, period) WHERE status = 'closed';
${appendOnly('ledger')}
CREATE TABLE responses (
  seq INTEGER PRIMARY KEY, premises TEXT NOT NULL, period TEXT NOT NULL, issue INTEGER NOT NULL, party TEXT NOT NULL,
  item TEXT, answer TEXT NOT NULL, text TEXT NOT NULL, at INTEGER NOT NULL, by TEXT NOT NULL
);
CREATE INDEX responses_period ON responses (premises, period, seq);
${appendOnly('responses')}
CREATE TABLE countersignatures (
  seq INTEGER PRIMARY KEY, premises TEXT NOT NULL, period TEXT NOT NULL, digest TEXT NOT NULL, party TEXT NOT NULL,
  public_key TEXT NOT NULL, signature TEXT NOT NULL, at INTEGER NOT NULL, by TEXT NOT NULL,
  UNIQUE (premises, period, digest, party)
);
${appendOnly('countersignatures')}

CREATE TABLE users (id TEXT PRIMARY KEY, login TEXT NOT NULL UNIQUE, body TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE sessions (
  id_hash TEXT PRIMARY KEY, user TEXT NOT NULL, organisation TEXT, csrf TEXT NOT NULL,
  created_at INTEGER NOT NULL, seen_at INTEGER NOT NULL, expires_at INTEGER NOT NULL
) WITHOUT ROWID;
CREATE INDEX sessions_user ON sessions (user);
CREATE TABLE tokens (id TEXT PRIMARY KEY, hash TEXT NOT NULL UNIQUE, organisation TEXT, body TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE credentials (
  id TEXT PRIMARY KEY, device TEXT NOT NULL, hash TEXT NOT NULL, gateway INTEGER NOT NULL, created_at INTEGER NOT NULL, revoked_at INTEGER
) WITHOUT ROWID;
CREATE INDEX credentials_valid ON credentials (device) WHERE revoked_at IS NULL;

CREATE TABLE connectors (id TEXT PRIMARY KEY, premises TEXT NOT NULL, body TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE quarantine (
  id INTEGER PRIMARY KEY, credential TEXT NOT NULL, device TEXT, topic TEXT NOT NULL, reason TEXT NOT NULL, detail TEXT NOT NULL,
  payload BLOB NOT NULL, count INTEGER NOT NULL, first_at INTEGER NOT NULL, last_at INTEGER NOT NULL,
  UNIQUE (credential, topic, reason)
);
CREATE INDEX quarantine_age ON quarantine (last_at);
CREATE INDEX quarantine_device ON quarantine (device);
CREATE TABLE proposed_points (
  device TEXT NOT NULL, key TEXT NOT NULL, unit TEXT, sample TEXT NOT NULL, first_at INTEGER NOT NULL, last_at INTEGER NOT NULL,
  PRIMARY KEY (device, key)
) WITHOUT ROWID;

CREATE TABLE idempotency (
  actor TEXT NOT NULL, key TEXT NOT NULL, body_hash TEXT NOT NULL, status INTEGER NOT NULL, answer TEXT NOT NULL, at INTEGER NOT NULL,
  PRIMARY KEY (actor, key)
) WITHOUT ROWID;
CREATE INDEX idempotency_age ON idempotency (at);

CREATE TABLE audit (
  seq INTEGER PRIMARY KEY, at INTEGER NOT NULL, actor TEXT NOT NULL, action TEXT NOT NULL, kind TEXT NOT NULL, id TEXT NOT NULL,
  premises TEXT, detail TEXT NOT NULL, hash TEXT NOT NULL
);
CREATE INDEX audit_premises ON audit (premises, seq);
${appendOnly('audit')}
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
`

/** Version 2: what an object names, and who sees which premises, as indexes that are made from the objects. */
const INDEXES = `
CREATE TABLE links (
  kind TEXT NOT NULL, id TEXT NOT NULL, premises TEXT, to_kind TEXT NOT NULL, to_id TEXT NOT NULL,
  PRIMARY KEY (kind, id, to_kind, to_id)
) WITHOUT ROWID;
CREATE INDEX links_to ON links (to_kind, to_id, kind, id, premises);
CREATE TABLE sight (
  organisation TEXT NOT NULL, premises TEXT NOT NULL, kind TEXT NOT NULL, id TEXT NOT NULL,
  PRIMARY KEY (organisation, premises, kind, id)
) WITHOUT ROWID;
CREATE INDEX sight_object ON sight (kind, id);
CREATE INDEX sight_premises ON sight (premises, organisation);
`

/** Version 3: the quarantine keeps each message; a row's figures of them follow by triggers, so that they cannot drift. */
const QUARANTINED_MESSAGES = `
DROP INDEX quarantine_age;
DROP INDEX quarantine_device;
ALTER TABLE quarantine RENAME TO quarantine_before;
CREATE TABLE quarantine (
  id INTEGER PRIMARY KEY AUTOINCREMENT, credential TEXT NOT NULL, device TEXT, topic TEXT NOT NULL, reason TEXT NOT NULL, detail TEXT NOT NULL,
  count INTEGER NOT NULL, kept INTEGER NOT NULL DEFAULT 0, truncated INTEGER NOT NULL DEFAULT 0, room INTEGER NOT NULL DEFAULT 0,
  first_at INTEGER NOT NULL, last_at INTEGER NOT NULL,
  UNIQUE (credential, topic, reason)
);
CREATE INDEX quarantine_age ON quarantine (last_at);
CREATE INDEX quarantine_device ON quarantine (device);
CREATE INDEX quarantine_room ON quarantine (credential, room);
CREATE TABLE quarantine_messages (
  id INTEGER PRIMARY KEY AUTOINCREMENT, entry INTEGER NOT NULL REFERENCES quarantine (id) ON DELETE CASCADE,
  device TEXT, topic TEXT NOT NULL, truncated INTEGER NOT NULL, at INTEGER NOT NULL, payload BLOB NOT NULL
);
CREATE INDEX quarantine_messages_entry ON quarantine_messages (entry, id);
CREATE TRIGGER quarantine_message_kept AFTER INSERT ON quarantine_messages BEGIN
  UPDATE quarantine SET kept = kept + 1, truncated = truncated + new.truncated, room = room + ${QUARANTINE_MESSAGE_ROOM} + length(new.payload)
  WHERE id = new.entry;
END;
CREATE TRIGGER quarantine_message_gone AFTER DELETE ON quarantine_messages BEGIN
  UPDATE quarantine SET kept = kept - 1, truncated = truncated - old.truncated, room = room - ${QUARANTINE_MESSAGE_ROOM} - length(old.payload)
  WHERE id = old.entry;
END;
INSERT INTO quarantine (id, credential, device, topic, reason, detail, count, first_at, last_at)
  SELECT id, credential, device, topic, reason, detail, count, first_at, last_at FROM quarantine_before;
INSERT INTO quarantine_messages (entry, device, topic, truncated, at, payload)
  SELECT id, device, topic, length(payload) >= 16384, last_at, payload FROM quarantine_before ORDER BY last_at, id;
DROP TABLE quarantine_before;
`

/** Version 6: papers with their versions, audience and files; series of numbers without gaps. */
const PAPERS = `
CREATE TABLE papers (
  seq INTEGER PRIMARY KEY AUTOINCREMENT, kind TEXT NOT NULL, id TEXT NOT NULL, premises TEXT, audience TEXT NOT NULL,
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
) WITHOUT ROWID;
CREATE INDEX paper_audience_paper ON paper_audience (paper);
CREATE TABLE paper_versions (
  paper INTEGER NOT NULL REFERENCES papers (seq) ON DELETE CASCADE, version INTEGER NOT NULL, state TEXT NOT NULL,
  due_at INTEGER, body TEXT NOT NULL, files TEXT NOT NULL, at INTEGER NOT NULL, by TEXT NOT NULL,
  PRIMARY KEY (paper, version)
) WITHOUT ROWID;
${refuse('paper_versions', 'UPDATE')}
CREATE TABLE files (digest TEXT PRIMARY KEY, media_type TEXT NOT NULL, name TEXT NOT NULL, bytes BLOB NOT NULL, at INTEGER NOT NULL);
CREATE TABLE paper_files (
  paper INTEGER NOT NULL REFERENCES papers (seq) ON DELETE CASCADE, place INTEGER NOT NULL,
  digest TEXT NOT NULL REFERENCES files (digest), PRIMARY KEY (paper, place)
) WITHOUT ROWID;
CREATE INDEX paper_files_digest ON paper_files (digest);
CREATE TABLE numbers (series TEXT PRIMARY KEY, last INTEGER NOT NULL) WITHOUT ROWID;
`

/** Version 8: usage records can be withdrawn and come again; each time is a revision. */
const USAGE_REVISIONS = `
ALTER TABLE usage RENAME TO usage_before;
CREATE TABLE usage (
  device TEXT NOT NULL, from_at INTEGER NOT NULL, to_at INTEGER NOT NULL, organisation TEXT NOT NULL, revision INTEGER NOT NULL,
  recorded_at INTEGER NOT NULL, superseded_at INTEGER,
  PRIMARY KEY (device, from_at, to_at, organisation, revision)
) WITHOUT ROWID;
INSERT INTO usage (device, from_at, to_at, organisation, revision, recorded_at)
  SELECT device, from_at, to_at, organisation, 1, recorded_at FROM usage_before;
DROP TABLE usage_before;
`

/** What can be found by words; it is made from objects and papers when the records are opened. */
const FINDS = `
CREATE TABLE finds (
  seq INTEGER PRIMARY KEY, kind TEXT NOT NULL, id TEXT NOT NULL, premises TEXT, sight INTEGER NOT NULL,
  words TEXT NOT NULL, facets TEXT NOT NULL
);
CREATE UNIQUE INDEX finds_of ON finds (kind, id, sight);
CREATE INDEX finds_premises ON finds (premises, kind);
CREATE TABLE find_keepers (
  find INTEGER NOT NULL, organisation TEXT NOT NULL, from_day TEXT NOT NULL, to_day TEXT,
  PRIMARY KEY (find, organisation, from_day)
) WITHOUT ROWID;
CREATE TABLE search_form (form INTEGER NOT NULL PRIMARY KEY);
${WORD_INDEX}
`

/** Each runs in one transaction together with the new version number: a crash in the middle leaves the old version. */
export const MIGRATIONS: readonly ((database: DatabaseSync) => void)[] = [
  (database) => database.exec(FIRST),
  (database) => {
    database.exec(INDEXES)
    rebuildIndexes(createContext(database))
  },
  (database) => database.exec(QUARANTINED_MESSAGES),
  // Version 4: a connector is changed by whoever has seen its last version.
  (database) => database.exec('ALTER TABLE connectors ADD COLUMN version INTEGER NOT NULL DEFAULT 1'),
  // Version 5: whether a frozen month rests on simulated readings stays what it was.
  (database) => database.exec('ALTER TABLE ledger ADD COLUMN grounds TEXT'),
  (database) => database.exec(PAPERS),
  // Version 7: people see where they are signed in.
  (database) => database.exec("ALTER TABLE sessions ADD COLUMN agent TEXT NOT NULL DEFAULT ''"),
  (database) => database.exec(USAGE_REVISIONS),
  // Devices that come from ThingsBoard show their token and no name.
  (database) => database.exec('CREATE INDEX credentials_hash ON credentials (hash) WHERE revoked_at IS NULL'),
  // Whose file it is until a paper carries it.
  (database) =>
    database.exec(`CREATE TABLE file_senders (
      digest TEXT NOT NULL REFERENCES files (digest) ON DELETE CASCADE, organisation TEXT NOT NULL,
      PRIMARY KEY (digest, organisation)
    ) WITHOUT ROWID`),
  (database) => database.exec(FINDS),
  // Classified documents are found by who keeps the device or space that they are about.
  (database) =>
    database.exec(`ALTER TABLE finds ADD COLUMN about TEXT;
      CREATE INDEX finds_about ON finds (about) WHERE about IS NOT NULL`),
]
