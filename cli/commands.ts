// The table of commands: what each takes, one sentence, and the file that does it.
import type { ServerSettings } from '#server/limits.ts'

/** Runs a command with its arguments; gives the exit code. */
export type Command = { takes: string; text: string; run(args: string[], settings: ServerSettings): Promise<number> }

export const COMMANDS: Record<string, Command> = {
  token: {
    takes: 'create --name N [--role R…] [--organisation O] [--days D] | list | revoke ID',
    text: 'API tokens; a new one is shown once',
    run: async (...given) => (await import('./commands/tokens.ts')).token(...given),
  },
  credentials: {
    takes:
      'create DEVICE… [--gateway] [--snippet PROGRAM] | rotate DEVICE [--days N] [--snippet PROGRAM] | revoke DEVICE',
    text: 'MQTT credentials of devices and gateways, as text or as the configuration of a program; passwords are shown once',
    run: async (...given) => (await import('./commands/credentials.ts')).credentials(...given),
  },
  demonstration: {
    takes: '[show] | remove --name NAME [--keep ORGANISATION…]',
    text: 'what belongs to the demonstration, and taking it out for good; NAME is that of its premises',
    run: async (...given) => (await import('./commands/demonstration.ts')).demonstration(...given),
  },
  search: {
    takes: 'WORD… [--kinds devices,spaces,…] [--premises P]',
    text: 'everything with these words, kind by kind, the best first',
    run: async (...given) => (await import('./commands/find.ts')).search(...given),
  },
  table: {
    takes: 'LIST [FILTER=VALUE…] [--format csv|xlsx] [--language fi|sv|en] [--out FILE]',
    text: 'a list (devices, alarms, faults, tasks, audit …) as CSV or XLSX: exactly what its filters give',
    run: async (...given) => (await import('./commands/find.ts')).table(...given),
  },
  'bulk-edit': {
    takes: '[FILTER=VALUE… | --device D…] --edit JSON [--apply] | undo ID',
    text: 'changes many devices in one act; without --apply it shows what would change, undo takes it back',
    run: async (...given) => (await import('./commands/find.ts')).bulkEdit(...given),
  },
  types: {
    takes: '[WORD…] [--language fi|sv|en]',
    text: 'the library of device types: points, units, Brick class, interval',
    run: async (...given) => (await import('./commands/types.ts')).types(...given),
  },
  claims: {
    takes:
      'list | sheets | make DEVICE…|--blank N [--premises P] [--days D] | labels … [--sheet S] [--first N] [--out FILE] | withdraw BATCH',
    text: 'codes by which technicians put devices into use, and their QR label sheets as PDF',
    run: async (...given) => (await import('./commands/claims.ts')).claims(...given),
  },
  faults: {
    takes:
      'list [--premises P] [--device D] [--state open|ended|…] [--whose waiting|ours] | show ID | report [DEVICE] --text T [--premises P] [--space S] | accept|take|done|close ID | decline ID --text T [--to O] | work ID --text T [--hours H] | message|reopen ID --text T | waste ID | times [--premises P] | export [ID] [--out FILE] | codes list|make|labels|withdraw [DEVICE…|CODE…] --premises P [--sheet S] [--out FILE]',
    text: 'faults: who has them, the steps with them, response times; and the QR codes of the public page',
    run: async (...given) => (await import('./commands/faults.ts')).faults(...given),
  },
  certificates: {
    takes:
      'issue DEVICE [--gateway] [--request FILE] [--days N] [--out PREFIX] | list [DEVICE] | revoke SERIAL | ca [list] | ca put ID --file PEM --organisation O [--premises P…] [--name N] [--subject cn|san] [--prefix T] [--off] | ca revoke ID SERIAL | ca remove ID',
    text: 'client certificates of devices, and the authorities that are trusted; a key that is made here is shown once',
    run: async (...given) => (await import('./commands/certificates.ts')).certificates(...given),
  },
  command: {
    takes:
      'send DEVICE NAME [--params JSON] [--expires INSTANT] [--reason T] [--repeatable] [--wait SECONDS] | list DEVICE',
    text: 'gives a device a command, now or when it comes, and waits for its answer; exit code 1 when it failed or expired',
    run: async (...given) => (await import('./commands/device-commands.ts')).command(...given),
  },
  scene: {
    takes: 'list --premises P | preview ID | run ID | undo RUN',
    text: 'scenes of a premises: what one would do, running it, taking a run back',
    run: async (...given) => (await import('./commands/scenes.ts')).scene(...given),
  },
  schedule: {
    takes: 'list --premises P | days ID',
    text: 'schedules of a premises, and the two weeks ahead of one',
    run: async (...given) => (await import('./commands/schedules.ts')).schedule(...given),
  },
  firmware: {
    takes:
      'sign FILE --version V --private-key PEM | upload FILE --version V --key K (--signature S | --private-key PEM) [--type T] | images | draft --premises P --image I [--type T] [--name N] [--waves 10,30,100] | list --premises P | show ID | start|pause|resume|abort|retry ID',
    text: 'signs and uploads firmware, and brings it to devices in waves',
    run: async (...given) => (await import('./commands/firmware.ts')).firmware(...given),
  },
  downlink: {
    takes: 'DEVICE NAME [--params JSON] [--expires INSTANT] [--wait SECONDS] | list DEVICE',
    text: 'sends a command to a device, whatever it speaks; exit code 1 when it was not sent or failed',
    run: async (...given) => (await import('./commands/downlinks.ts')).downlink(...given),
  },
  alarm: {
    takes:
      'list [--premises P] [--device D] [--severity S,…] [--all] | show ID | acknowledge ID | assign ID --organisation O [--person U] | comment ID --text T | snooze ID [--until INSTANT] | clear ID  [--text T]',
    text: 'alarms that stand, or --all, and what is done about one',
    run: async (...given) => (await import('./commands/alarms.ts')).alarm(...given),
  },
  'alarm-rule': {
    takes: 'list [--premises P] | try ID|FILE.json [--from F] [--to T] | put ID FILE.json | suggested PREMISES',
    text: 'alarm rules: what each would have raised in the last 30 days; those that fit what is installed',
    run: async (...given) => (await import('./commands/alarms.ts')).alarmRule(...given),
  },
  user: {
    takes:
      'add LOGIN --name N [--organisation O] [--role R…] [--language fi|sv|en] [--email E] | password LOGIN | email LOGIN [--email E]',
    text: 'makes a user, or a new password for one, shown once; or says where reminders go',
    run: async (...given) => (await import('./commands/users.ts')).user(...given),
  },
  import: {
    takes: 'FILE|-',
    text: 'takes in a bundle, all or nothing',
    run: async (...given) => (await import('./commands/bundles.ts')).importBundle(...given),
  },
  'import-file': {
    takes:
      'FILE [--kind K] [--map FIELD=COLUMN…] [--set FIELD=TEXT…] [--mean FIELD:TEXT=ID…] [--leave-out-errors] [--dry-run] | undo ID',
    text: 'takes in a CSV, XLSX, XML or iCalendar file of invoices, readings, datahub, prices, headcounts, spaces, usage or devices, or a building model (.ttl, .jsonld)',
    run: async (...given) => (await import('./commands/import-file.ts')).importFile(...given),
  },
  plans: {
    takes:
      'list --premises P | send FILE --premises P --storey S [--from DATE] [--landlord-only] | place PLAN DEVICE X Y | remove PLAN DEVICE | withdraw PLAN',
    text: 'plans of storeys: pictures, and where devices are on them (X and Y from 0 to 1, from the left and the top)',
    run: async (...given) => (await import('./commands/plans.ts')).plans(...given),
  },
  model: {
    takes: 'export PREMISES [--format brick|rec] [--full] [--out FILE.ttl|FILE.jsonld]',
    text: 'writes the building model of premises: Brick as Turtle, RealEstateCore as JSON-LD; import-file takes one in',
    run: async (...given) => (await import('./commands/models.ts')).model(...given),
  },
  export: {
    takes: '[--premises P] [--readings] [--out FILE]',
    text: 'writes everything, or one premises, as a bundle',
    run: async (...given) => (await import('./commands/bundles.ts')).exportBundle(...given),
  },
  agreement: {
    takes:
      'list | text PROPOSAL | text AGREEMENT VERSION | propose FILE|DRAFT | approve PROPOSAL --party P --decision D --text HASH | reject PROPOSAL --party P --reason R | compare PROPOSAL [VERSION] | compare AGREEMENT VERSION VERSION  [--language fi|sv|en]',
    text: 'agreements: the text that is approved, proposals, approvals, and what changes',
    run: async (...given) => (await import('./commands/agreements.ts')).agreement(...given),
  },
  settle: {
    takes: 'PREMISES MONTH',
    text: 'the settlement of a month, as a table or --json',
    run: async (...given) => (await import('./commands/settlements.ts')).settle(...given),
  },
  checks: {
    takes: 'PREMISES MONTH [--language fi|sv|en]',
    text: 'what to look at before the month is issued; exit code 2 when something hinders it',
    run: async (...given) => (await import('./commands/month.ts')).checks(...given),
  },
  issue: {
    takes: 'PREMISES MONTH',
    text: 'freezes the month and shows it to the parties',
    run: async (...given) => (await import('./commands/month.ts')).issue(...given),
  },
  accept: {
    takes: 'PREMISES MONTH --party P [--item I] [--text T]',
    text: 'accepts an issued month, or one line of it, for the organisation of --token',
    run: async (...given) => (await import('./commands/month.ts')).accept(...given),
  },
  dispute: {
    takes:
      'PREMISES MONTH --party P [--item I] --text T [--reason R] [--file F…] [--owner O] | DISPUTE --step message|take|answer|reopen|resolve [--text T] [--answer A] [--outcome O]',
    text: 'disputes a line or the whole, or takes a step in a dispute, for the organisation of --token',
    run: async (...given) => (await import('./commands/month.ts')).dispute(...given),
  },
  close: {
    takes: 'PREMISES MONTH [--force REASON]',
    text: 'closes the month for good; --force waives missing acceptances, never a dispute',
    run: async (...given) => (await import('./commands/month.ts')).close(...given),
  },
  party: {
    takes:
      'PREMISES join|leave|succession ORGANISATION --from DATE [--space S]… [--people N] [--costs-to O] [--successor O] [--reading DEVICE/POINT=VALUE]… [--apply]',
    text: 'a party joins, leaves or is succeeded; shows all effects, and does it with --apply',
    run: async (...given) => (await import('./commands/parties.ts')).party(...given),
  },
  'device-state': {
    takes: 'DEVICE [STATE] [--from DATE] [--note N]',
    text: 'the life of a device from plan to scrap, and the next state of it',
    run: async (...given) => (await import('./commands/device-state.ts')).deviceState(...given),
  },
  transfer: {
    takes:
      'list | offer DEVICE RECEIVER --from DATE [--to DATE] [--price P] [--note N] [--apply] | acceptance|refusal|withdrawal|return TRANSFER [--reason R]',
    text: 'a part of a device goes to another organisation, or the device as a loan with --to; for the organisation of --token',
    run: async (...given) => (await import('./commands/transfers.ts')).transfer(...given),
  },
  equipment: {
    takes: 'PREMISES [--at DATE] | PREMISES --exit DATE [--apply]',
    text: 'book value and parts on a day, replacements by year; or the exit of the organisation of --token from what it shares',
    run: async (...given) => (await import('./commands/equipment.ts')).equipment(...given),
  },
  'device-documents': {
    takes:
      'list DEVICE | add DEVICE FILE [--title T] [--kind manual|certificate|warranty|photo|plan|inspection] [--classification public|parties|owner] | replace DOCUMENT FILE [--note N] | get DOCUMENT [--version N] [--out FILE]',
    text: 'documents and photos of devices, with their versions',
    run: async (...given) => (await import('./commands/device-documents.ts')).deviceDocuments(...given),
  },
  vulnerabilities: {
    takes: 'list [--premises P] | import FILE [--apply]',
    text: 'known vulnerabilities against the devices; FILE is CSAF 2.0, CVE JSON 5 or CSV',
    run: async (...given) => (await import('./commands/vulnerabilities.ts')).vulnerabilities(...given),
  },
  'data-request': {
    takes:
      'list | ask DEVICE --data D [--from DATE --to DATE] [--third-party T] [--language fi|sv|en] | letter REQUEST [--out FILE.pdf|.txt] | answer REQUEST received|partly|refused|withdrawn [--note N]',
    text: 'requests for a product’s data under (EU) 2023/2854, their letters and their log',
    run: async (...given) => (await import('./commands/data-requests.ts')).dataRequest(...given),
  },
  meters: {
    takes: 'PREMISES --from DATE --to DATE [--step P1D|P1M]',
    text: 'the meters as a tree, with what no sub-meter measures',
    run: async (...given) => (await import('./commands/meters.ts')).meters(...given),
  },
  'what-if': {
    takes:
      'PREMISES --from MONTH [--to MONTH] [--key area|headcount|equal|metered|agreed]… [--proposal ID]… [--rules FILE]…',
    text: 'who would have borne what under other rules, against what was; writes nothing',
    run: async (...given) => (await import('./commands/what-if.ts')).whatIf(...given),
  },
  statement: {
    takes: 'PREMISES MONTH [--party P] [--language fi|sv|en] [--format html|pdf|xlsx|csv] [--out FILE]',
    text: 'the month as a document to read, print and file; of one party with --party',
    run: async (...given) => (await import('./commands/documents.ts')).statement(...given),
  },
  invoices: {
    takes: 'make|list PREMISES MONTH | get DOCUMENT [--file finvoice|ubl|pdf] [--out FILE]',
    text: 'invoices, credit notes and memo vouchers of a closed month; make needs the token of the payer’s controller',
    run: async (...given) => (await import('./commands/documents.ts')).invoices(...given),
  },
  ledger: {
    takes: 'PREMISES MONTH --party P [--format csv|xlsx|json] [--language fi|sv|en] [--out FILE]',
    text: 'what a party books of a closed month, debit equal to credit',
    run: async (...given) => (await import('./commands/documents.ts')).ledger(...given),
  },
  figures: {
    takes: 'PREMISES FROM [TO] [--by month|year] [--party P]',
    text: 'key figures of costs: per m² and person, emissions; the months FROM to TO, both in',
    run: async (...given) => (await import('./commands/cost-figures.ts')).figures(...given),
  },
  compare: {
    takes: 'PREMISES BEFORE AFTER [--party P]',
    text: 'two months or two years side by side: what rose and fell, and why, to the cent',
    run: async (...given) => (await import('./commands/cost-figures.ts')).compare(...given),
  },
  factor: {
    takes:
      'list PREMISES | add PREMISES --category C --grams G --unit kWh|MWh|m3 --from DATE --source T | withdraw PREMISES ID',
    text: 'dated emission factors with their sources',
    run: async (...given) => (await import('./commands/cost-figures.ts')).factor(...given),
  },
  'public-page': {
    takes: 'show|preview|open|close PREMISES',
    text: 'the public page of premises: what it shows exactly, and the switch of the landlord’s manager',
    run: async (...given) => (await import('./commands/cost-figures.ts')).publicPage(...given),
  },
  budget: {
    takes:
      'show|export PREMISES YEAR [--party P] [--forecast-by last-year|budget] [--format csv|xlsx] [--out FILE] | set PREMISES YEAR FILE [--shared]',
    text: 'a year against its budget; set keeps that of the organisation of --token',
    run: async (...given) => (await import('./commands/year.ts')).budget(...given),
  },
  accruals: {
    takes:
      'draft PREMISES YEAR [--cut-off DATE] [--leave-out KEY=REASON]… [--liability A] [--receivable A] | show|post PREMISES YEAR | reverse PREMISES YEAR [--date DATE] | export PREMISES YEAR [--reversal] [--format csv|xlsx] [--out FILE]',
    text: 'what belongs to a year and is not booked yet, as a voucher of the organisation of --token, and its reversal',
    run: async (...given) => (await import('./commands/year.ts')).accruals(...given),
  },
  advances: {
    takes:
      'list PREMISES YEAR | propose PREMISES YEAR FILE | agree|decline PLAN | invoice PLAN MONTH | true-up PLAN [--make]',
    text: 'advance payments between two for a year, their invoices, and the year’s true-up',
    run: async (...given) => (await import('./commands/year.ts')).advances(...given),
  },
  'public-record': {
    takes: 'PREMISES MONTH [--language fi|sv|en] [--out FILE]',
    text: 'one file of a closed month: statement, agreement, method and proofs, without what is protected',
    run: async (...given) => (await import('./commands/documents.ts')).publicRecord(...given),
  },
  bundle: {
    takes: 'PREMISES MONTH [--out FILE]',
    text: 'the proof file of a closed month, for verify.mjs',
    run: async (...given) => (await import('./commands/settlements.ts')).bundle(...given),
  },
  keys: {
    takes: 'create --out FILE',
    text: "makes a party's Ed25519 key pair; the private key stays in FILE",
    run: async (...given) => (await import('./commands/keys.ts')).keys(...given),
  },
  sign: {
    takes: 'PREMISES MONTH --party P --key FILE',
    text: "countersigns a closed month with a party's own key",
    run: async (...given) => (await import('./commands/keys.ts')).sign(...given),
  },
  verify: {
    takes: 'FILE [--period YYYY-MM] | --chain FILE…',
    text: 'what verify.mjs says of a proof file; the other party runs that file by itself',
    run: async (given) => (await import('#verify/verify.mjs')).run(given),
  },
  service: {
    takes:
      'tasks [--premises P] [--device D] [--state S] [--overdue] | finish TASK [--answer ITEM=VALUE…] [--note N] [--hours H] [--reason R] | plans [--premises P] | preview PREMISES [--months N] | inspections [--premises P] [--overdue] | book PREMISES [--device D] [--year Y] [--language fi|sv|en] [--out FILE.pdf|FILE.csv] | calendar PREMISES [--out FILE.ics]',
    text: 'service tasks, plans and inspections; the service book and the calendar of inspections as files; exit code 2 when something is overdue',
    run: async (...given) => (await import('./commands/service.ts')).service(...given),
  },
  inbox: {
    takes:
      'list | accept KEY…|--all [--space S] [--type T] | ignore KEY…|--all | restore KEY…|--all [--premises P] [--connector C] [--gateway G]',
    text: 'unknown devices behind gateways and bridges: seen, taken in as suggested, ignored',
    run: async (...given) => (await import('./commands/inbox.ts')).inbox(...given),
  },
  webhook: {
    takes:
      'list | add URL [--name N] [--family alarm|fault|service|webhook…] [--from SEVERITY] [--premises P] | on ID | off ID | secret ID | test ID | deliveries ID [--state S] | dead ID | replay ID [MESSAGE…] | remove ID',
    text: 'endpoints that are told what happens, by signed messages; dead letters sent again; use a token of the organisation',
    run: async (...given) => (await import('./commands/webhooks.ts')).webhook(...given),
  },
  'on-call': {
    takes:
      'now | list | shifts ID [--from DATE] [--days N] | put FILE.json|- | export ID [--out FILE.ics] | import ID FILE.ics|- | remove ID',
    text: 'who is on call now and in the coming days; calendars from and to files',
    run: async (...given) => (await import('./commands/on-call.ts')).onCall(...given),
  },
  bridges: {
    takes: 'list | put FILE|- | on ID | off ID | remove ID',
    text: 'connections to other MQTT brokers, and how they stand',
    run: async (...given) => (await import('./commands/bridges.ts')).bridges(...given),
  },
  decode: {
    takes: '--topic T [--codec C] [--encoding text|json|hex|base64] [--mapping JSONATA] [--ndjson]',
    text: 'what would be read from a payload on standard input; stores nothing',
    run: async (...given) => (await import('./commands/decode.ts')).decode(...given),
  },
  backup: {
    takes: 'FOLDER',
    text: 'a consistent copy of all data, while the server runs',
    run: async (...given) => (await import('./commands/backup.ts')).backup(...given),
  },
  restore: {
    takes: 'FOLDER',
    text: 'puts a backup into an empty data folder',
    run: async (...given) => (await import('./commands/backup.ts')).restore(...given),
  },
  move: {
    takes: 'telemetry --to embedded|influx1|influx2 [--without-roll-ups] | records --to embedded|postgres',
    text: 'moves all readings, or registry and ledger, into another store while the server is stopped; goes on where it was interrupted',
    run: async (...given) => (await import('./commands/move.ts')).move(...given),
  },
}

/** The page that `samtila help` prints. */
export function usage(): string {
  const width = Math.max(...Object.keys(COMMANDS).map((name) => name.length))
  const lines = Object.entries(COMMANDS).map(
    ([name, { takes, text }]) => `  ${name.padEnd(width)}  ${takes}\n  ${' '.repeat(width)}    ${text}`,
  )
  return [
    'samtila <command> [options]',
    '',
    ...lines,
    '',
    'Every command works on the running server of SAMTILA_DATA (./data), on the folder itself when no server runs,',
    'or on another server with --url URL --token TOKEN. --json gives JSON where there is a choice.',
    '',
  ].join('\n')
}
