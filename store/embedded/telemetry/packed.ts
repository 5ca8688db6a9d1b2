// A section of a chunk's body, packed by itself: one byte repeated, zstd, or as it is, whichever is shortest.
import { constants, zstdCompressSync, zstdDecompressSync } from 'node:zlib'
import type { ByteReader, ByteWriter } from './bytes.ts'
import { DamagedBytes } from './bytes.ts'

const AS_IT_IS = 0
const ONE_BYTE = 1
const ZSTD = 2
const ZSTD_OPTIONS = { params: { [constants.ZSTD_c_compressionLevel]: 1 } }

/** Writes bytes whose length the reader will know; `compress` false leaves that to what the section becomes part of. */
export function writePacked(writer: ByteWriter, bytes: Uint8Array, compress: boolean): void {
  const [first] = bytes
  if (first !== undefined && bytes.every((byte) => byte === first)) {
    writer.byte(ONE_BYTE)
    writer.byte(first)
    return
  }
  const packed = compress ? zstdCompressSync(bytes, ZSTD_OPTIONS) : bytes
  if (packed.length < bytes.length) {
    writer.byte(ZSTD)
    writer.varint(packed.length)
    writer.raw(packed)
  } else {
    writer.byte(AS_IT_IS)
    writer.raw(bytes)
  }
}

/** The `length` bytes that writePacked wrote. @throws DamagedBytes */
export function readPacked(reader: ByteReader, length: number): Uint8Array {
  const form = reader.byte()
  if (form === AS_IT_IS) return reader.raw(length)
  if (form === ONE_BYTE) return new Uint8Array(length).fill(reader.byte())
  if (form !== ZSTD) throw new DamagedBytes('a section has an unknown form')
  const bytes = decompressed(reader.raw(reader.varint()), length)
  if (bytes.length !== length) throw new DamagedBytes('a section has another length')
  return bytes
}

function decompressed(bytes: Uint8Array, length: number): Uint8Array {
  try {
    return zstdDecompressSync(bytes, { maxOutputLength: length })
  } catch {
    throw new DamagedBytes('a section cannot be decompressed')
  }
}
