// The two check sums of meters' customer ports: CRC-16/ARC of P1 telegrams, CRC-16/X-25 of HDLC frames.

const ARC = tableOf(0xa001)
const X25 = tableOf(0x8408)

function tableOf(polynomial: number): Uint16Array {
  return Uint16Array.from({ length: 256 }, (_, byte) => {
    let crc = byte
    for (let bit = 0; bit < 8; bit++) crc = (crc & 1) === 1 ? (crc >> 1) ^ polynomial : crc >> 1
    return crc
  })
}

/** Polynomial x16+x15+x2+1, reflected, starting at 0 (DSMR P1 5.0.2, 5.2). */
export function crcOfTelegram(bytes: Uint8Array): number {
  let crc = 0
  for (const byte of bytes) crc = (crc >> 8) ^ (ARC[(crc ^ byte) & 0xff] as number)
  return crc
}

/** Frame check sequence of ISO/IEC 13239. */
export function crcOfFrame(bytes: Uint8Array): number {
  let crc = 0xffff
  for (const byte of bytes) crc = (crc >> 8) ^ (X25[(crc ^ byte) & 0xff] as number)
  return crc ^ 0xffff
}
