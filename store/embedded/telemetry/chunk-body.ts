// A run of readings as the compressed body of a chunk, and back. docs/STORAGE.md shows the bytes.
import { constants, zstdCompressSync, zstdDecompressSync } from 'node:zlib'
import { ByteReader, ByteWriter, DamagedBytes } from './bytes.ts'
import { readPlaneBody, writePlaneBody } from './plane-body.ts'
import type { Run } from './run.ts'
import { readVarintBody, writeVarintBody } from './varint-body.ts'

/** Below this, zstd costs more time than it saves bytes. */
const COMPRESSED_FROM_BYTES = 512
/** From so many readings on, columns are laid out in planes … */
const PLANES_FROM_READINGS = 128
/** … and from so many, each plane is compressed by itself. */
const PACKED_FROM_READINGS = 1_024
/** The first byte of a body; the same with 1 added is compressed as a whole. */
const VARINTS = 0
const PLANES = 2
const ZSTD_OPTIONS = { params: { [constants.ZSTD_c_compressionLevel]: 1 } }
/** No body of a chunk is larger than this, so a damaged length asks for no more memory. */
const MAX_BODY_BYTES = 64_000_000

const output = new ByteWriter()

/** Content of a chunk's body, good until the next call. */
export function encodeBody(run: Run): Uint8Array {
  const writer = output.restart()
  const inPlanes = run.count >= PLANES_FROM_READINGS
  const packed = run.count >= PACKED_FROM_READINGS
  const form = inPlanes ? PLANES : VARINTS
  writer.byte(form)
  if (inPlanes) writePlaneBody(writer, run, packed)
  else writeVarintBody(writer, run)
  const plain = writer.written()
  if (packed || plain.length < COMPRESSED_FROM_BYTES) return plain
  const compressed = zstdCompressSync(plain.subarray(1), ZSTD_OPTIONS)
  writer.restart().byte(form + 1)
  writer.raw(compressed)
  return writer.written()
}

/** The run back. @throws DamagedBytes when the content is not what encodeBody makes. */
export function decodeBody(content: Uint8Array): Run {
  const form = content[0] ?? -1
  if (form !== VARINTS && form !== VARINTS + 1 && form !== PLANES && form !== PLANES + 1)
    throw new DamagedBytes('its form is unknown')
  const rest = content.subarray(1)
  const reader = new ByteReader(form % 2 === 0 ? rest : decompressed(rest))
  return form < PLANES ? readVarintBody(reader) : readPlaneBody(reader)
}

function decompressed(bytes: Uint8Array): Uint8Array {
  try {
    return zstdDecompressSync(bytes, { maxOutputLength: MAX_BODY_BYTES })
  } catch {
    throw new DamagedBytes('it cannot be decompressed')
  }
}
