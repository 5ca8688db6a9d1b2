// The spool: readings that are acknowledged but not yet on the server, in files of the data folder, synced before the acknowledgement.
import {
  closeSync,
  fdatasyncSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readFileSync,
  readSync,
  readdirSync,
  renameSync,
  rmSync,
  truncateSync,
  writeSync,
} from 'node:fs'
import { open } from 'node:fs/promises'
import type { FileHandle } from 'node:fs/promises'
import { join } from 'node:path'
import { crc32, zstdCompressSync, zstdDecompressSync } from 'node:zlib'
import { Failure } from '#domain/failure.ts'
import type { Quality, Reading, Value } from '#domain/ports/telemetry.ts'
import { SPOOL_FILE_BYTES } from './limits.ts'

/** A reading with its name: numbers of series do not outlive the process. */
export type Spooled = { device: string; point: string; reading: Reading }
type Row = [name: number, at: number, value: Value, quality: Quality, receivedAt: number, simulated: 0 | 1]
type Content = { names: [device: string, point: string][]; rows: Row[] }
/** Where a file's next unread record begins. */
type File = { number: number; bytes: number; records: { start: number; bytes: number; count: number }[] }

const HEAD_BYTES = 16
const NAME = /^spool-(\d{8})\.bin$/
const POSITION = 'position.json'

/**
 * Records in order: length and count of readings, CRC-32 of the content, CRC-32 of these three (4 bytes each, little-endian),
 * then the content, zstd of JSON. Appended at the end, taken from the front; `position.json` says how far the first file has been taken.
 */
export class Spool {
  /** Readings that wait. */
  waiting = 0
  bytes = 0
  /** What was found damaged when it was opened, else null. */
  damage: string | null = null
  private files: File[] = []
  private handle: FileHandle | null = null
  private readonly folder: string
  private readonly maxBytes: number
  private nextNumber = 1
  /** While a record is on its way to the disk its file stays, also when all others in it have been taken. */
  private appending = false

  constructor(folder: string, maxBytes: number) {
    this.folder = folder
    this.maxBytes = maxBytes
    mkdirSync(folder, { recursive: true, mode: 0o700 })
    const numbers = readdirSync(folder)
      .flatMap((name) => NAME.exec(name)?.[1] ?? [])
      .map(Number)
      .sort((a, b) => a - b)
    const position = this.readPosition()
    this.nextNumber = position.file + 1
    for (const number of numbers) {
      this.nextNumber = number + 1
      if (number < position.file) rmSync(this.path(number))
      else this.load(number, number === position.file ? position.start : 0, number === numbers.at(-1))
    }
  }

  get empty(): boolean {
    return this.waiting === 0 && this.files.every(({ records }) => records.length === 0)
  }

  /**
   * Resolves when the readings are on the disk.
   * @throws Failure 'store-full' beyond the limit or without space, 'store-unavailable' when the disk fails; then none of it counts.
   */
  async append(spooled: readonly Spooled[]): Promise<void> {
    const record = encode(spooled)
    if (this.bytes + record.length > this.maxBytes) {
      throw new Failure(
        'store-full',
        `The spool holds ${this.waiting} readings and is at its limit of ${this.maxBytes} bytes.`,
      )
    }
    this.appending = true
    try {
      await this.write(record, spooled.length)
    } finally {
      this.appending = false
    }
  }

  private async write(record: Buffer, count: number): Promise<void> {
    const file = await this.fileFor(record.length)
    try {
      await (this.handle as FileHandle).write(record, 0, record.length, file.bytes)
      await (this.handle as FileHandle).datasync()
    } catch (cause) {
      await this.abandon(file)
      const full = (cause as { code?: string }).code === 'ENOSPC'
      throw new Failure(
        full ? 'store-full' : 'store-unavailable',
        `The spool cannot be written: ${(cause as Error).message}`,
        { cause },
      )
    }
    file.records.push({ start: file.bytes, bytes: record.length, count })
    file.bytes += record.length
    this.bytes += record.length
    this.waiting += count
  }

  /** The oldest records, up to so many readings, or null when there is none. `taken` is to be called when they are on the server. */
  first(readings: number): { spooled: Spooled[]; records: number } | null {
    const file = this.files.find(({ records }) => records.length > 0)
    if (file === undefined) return null
    const spooled: Spooled[] = []
    let records = 0
    const descriptor = openSync(this.path(file.number), 'r')
    try {
      for (const { start, bytes, count } of file.records) {
        if (records > 0 && spooled.length + count > readings) break
        const record = Buffer.alloc(bytes)
        readSync(descriptor, record, 0, bytes, start)
        spooled.push(...decode(record.subarray(HEAD_BYTES)))
        records++
      }
    } finally {
      closeSync(descriptor)
    }
    return { spooled, records }
  }

  /** The first records are on the server: they are forgotten, also by the next start. */
  taken(records: number): void {
    while (this.files[0]?.records.length === 0) this.remove()
    const file = this.files[0] as File
    const end = file.records[records] ?? { start: file.bytes }
    for (const { bytes, count } of file.records.splice(0, records)) {
      this.bytes -= bytes
      this.waiting -= count
    }
    if (file.records.length > 0 || this.appending) this.writePosition({ file: file.number, start: end.start })
    else this.remove()
  }

  /** The names of all series with readings here. */
  *names(): Generator<{ device: string; point: string }> {
    for (const { number, records } of this.files) {
      const content = readFileSync(this.path(number))
      for (const { start, bytes } of records) {
        const { names } = contentOf(content.subarray(start + HEAD_BYTES, start + bytes))
        for (const [device, point] of names) yield { device, point }
      }
    }
  }

  async close(): Promise<void> {
    await this.handle?.close()
    this.handle = null
  }

  private path(number: number): string {
    return join(this.folder, `spool-${String(number).padStart(8, '0')}.bin`)
  }

  /** The last file if there is room in it, else a new one. */
  private async fileFor(bytes: number): Promise<File> {
    const last = this.files.at(-1)
    if (this.handle !== null && last !== undefined && last.bytes + bytes <= SPOOL_FILE_BYTES) return last
    await this.close()
    const file: File = { number: this.nextNumber++, bytes: 0, records: [] }
    try {
      this.handle = await open(this.path(file.number), 'wx', 0o600)
      syncFolder(this.folder)
    } catch (cause) {
      const full = (cause as { code?: string }).code === 'ENOSPC'
      throw new Failure(
        full ? 'store-full' : 'store-unavailable',
        `The spool cannot be written: ${(cause as Error).message}`,
        { cause },
      )
    }
    this.files.push(file)
    return file
  }

  /** After a failed write nobody knows what stands behind the last record: it is cut, and the file written no more. */
  private async abandon(file: File): Promise<void> {
    await this.close().catch(() => undefined)
    try {
      truncateSync(this.path(file.number), file.bytes)
    } catch {
      // What is left behind the last record is no record with a right checksum, and the next start cuts it.
    }
  }

  private remove(): void {
    const [file] = this.files.splice(0, 1) as [File]
    if (this.files.length === 0) {
      void this.handle?.close()
      this.handle = null
    }
    rmSync(this.path(file.number), { force: true })
  }

  /** Reads the records of a file. What stands behind the last whole record of the last file was never acknowledged. */
  private load(number: number, from: number, last: boolean): void {
    const path = this.path(number)
    const content = readFileSync(path)
    const file: File = { number, bytes: content.length, records: [] }
    let start = from
    while (start < content.length) {
      const head = headOf(content.subarray(start, start + HEAD_BYTES))
      // A record that never got to its end is torn; a head that is there and wrong is damage, and so is a wrong content.
      const bytes = head === 'torn' || head === 'damaged' ? Infinity : HEAD_BYTES + head.bytes
      const whole = start + bytes <= content.length
      if (
        head === 'torn' ||
        head === 'damaged' ||
        !whole ||
        crc32(content.subarray(start + HEAD_BYTES, start + bytes)) !== head.crc
      ) {
        if (whole || head === 'damaged' || !last) this.setAside(number, start, content.length)
        else truncateSync(path, start)
        break
      }
      file.records.push({ start, bytes, count: head.count })
      this.waiting += head.count
      this.bytes += bytes
      start += bytes
    }
    if (file.records.length > 0) this.files.push(file)
    else rmSync(path)
  }

  private setAside(number: number, start: number, end: number): void {
    const aside = `${this.path(number)}.damaged`
    writeWhole(aside, readFileSync(this.path(number)))
    this.damage = `The spool is damaged at byte ${start} of ${end} in ${this.path(number)}; a copy is kept as ${aside}.`
  }

  private readPosition(): { file: number; start: number } {
    try {
      return JSON.parse(readFileSync(join(this.folder, POSITION), 'utf8')) as { file: number; start: number }
    } catch {
      return { file: 0, start: 0 }
    }
  }

  private writePosition(position: { file: number; start: number }): void {
    const path = join(this.folder, POSITION)
    writeWhole(`${path}.new`, Buffer.from(JSON.stringify(position)))
    renameSync(`${path}.new`, path)
    syncFolder(this.folder)
  }
}

function encode(spooled: readonly Spooled[]): Buffer {
  const numbers = new Map<string, number>()
  const content: Content = { names: [], rows: [] }
  for (const { device, point, reading } of spooled) {
    const key = `${device.length}:${device}${point}`
    let name = numbers.get(key)
    if (name === undefined) {
      name = content.names.push([device, point]) - 1
      numbers.set(key, name)
    }
    const { at, value, quality, receivedAt, simulated } = reading
    content.rows.push([name, at, value, quality, receivedAt, simulated ? 1 : 0])
  }
  const body = zstdCompressSync(JSON.stringify(content))
  const record = Buffer.alloc(HEAD_BYTES + body.length)
  record.writeUInt32LE(body.length, 0)
  record.writeUInt32LE(spooled.length, 4)
  record.writeUInt32LE(crc32(body), 8)
  record.writeUInt32LE(crc32(record.subarray(0, 12)), 12)
  body.copy(record, HEAD_BYTES)
  return record
}

function headOf(head: Buffer): { bytes: number; count: number; crc: number } | 'torn' | 'damaged' {
  if (head.length < HEAD_BYTES) return 'torn'
  if (crc32(head.subarray(0, 12)) !== head.readUInt32LE(12)) return 'damaged'
  return { bytes: head.readUInt32LE(0), count: head.readUInt32LE(4), crc: head.readUInt32LE(8) }
}

const contentOf = (body: Uint8Array): Content => JSON.parse(zstdDecompressSync(body).toString()) as Content

function decode(body: Uint8Array): Spooled[] {
  const { names, rows } = contentOf(body)
  return rows.map(([name, at, value, quality, receivedAt, simulated]) => {
    const [device, point] = names[name] as [string, string]
    return { device, point, reading: { at, value, quality, receivedAt, simulated: simulated === 1 } }
  })
}

function writeWhole(path: string, content: Uint8Array): void {
  const descriptor = openSync(path, 'w', 0o600)
  writeSync(descriptor, content)
  fdatasyncSync(descriptor)
  closeSync(descriptor)
}

function syncFolder(folder: string): void {
  const descriptor = openSync(folder, 'r')
  fsyncSync(descriptor)
  closeSync(descriptor)
}
