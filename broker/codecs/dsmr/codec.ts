// The DSMR family: telegrams of the P1 port (H1 in Finland and Sweden), and the frames of the Norwegian HAN port.
import { refused } from '#broker/codecs/codec.ts'
import type { Codec } from '#broker/codecs/codec.ts'
import { Gathering, beginningOf } from '#broker/codecs/gathering.ts'
import { addFrames, isFrame } from './han.ts'
import { addLines } from './lines.ts'
import { readTelegram } from './telegram.ts'

const IDENTIFICATION = /^\s*\/[A-Za-z]{3}[^\r\n]{1,80}\r?\n/
const DATA_LINE = /(?:^|[\r\n])\d-\d:\d{1,3}\.\d{1,3}\.\d{1,3}\(/
/** Readers write each byte apart, or all together. */
const FRAME_DIGITS = /^\s*7e\s*a[0-9a-f](?:\s*[0-9a-f]{2})+\s*$/i

export const dsmrCodec: Codec = {
  name: 'dsmr',
  recognises(_topic, payload) {
    if (isFrame(payload)) return true
    const text = beginningOf(payload, 1_024)
    return (
      IDENTIFICATION.test(text) || FRAME_DIGITS.test(text) || (text.trimStart().startsWith('/') && DATA_LINE.test(text))
    )
  },
  decode(_topic, payload, context) {
    const gathering = new Gathering('dsmr', context)
    const frames = framesOf(payload)
    if (frames !== null) {
      addFrames(frames, gathering)
      return gathering.result()
    }
    let telegrams = 0
    for (let from = 0; ; telegrams++) {
      const telegram = readTelegram(payload, from)
      if (telegram === null) break
      // A broken telegram ends the message: where the next one begins is not known.
      if ('problem' in telegram) {
        gathering.refuse(telegram.problem, telegram.detail)
        return gathering.result()
      }
      addLines(telegram.lines, context.receivedAt, gathering)
      if (gathering.isOver()) break
      from = telegram.end
    }
    if (telegrams === 0)
      return refused('dsmr', payload.length === 0 ? 'empty' : 'wrong-shape', 'no "/" that begins a telegram')
    return gathering.result()
  },
}

/** The frames as bytes, also when hexadecimal digits spell them; null for a telegram. */
function framesOf(payload: Uint8Array): Uint8Array | null {
  if (isFrame(payload)) return payload
  if (payload.length > 8_192 || !FRAME_DIGITS.test(beginningOf(payload, 8_192))) return null
  return Buffer.from(beginningOf(payload, 8_192).replace(/\s/g, ''), 'hex')
}
