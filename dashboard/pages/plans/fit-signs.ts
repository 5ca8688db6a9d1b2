// How much each sign of a plan says so that none covers another: what matters most is written out first. Pure.
import type { Spot } from '#domain/plans/spot.ts'

/** `full`: sign, value and state; `value`: sign and value; `small`: the sign, with its state where that is not well. */
export type SignForm = 'full' | 'value' | 'small'
/** A lower rank is written out before a higher one. */
export type SignWanted = { id: string; at: Spot; text: string; isWell: boolean; rank: number }
type Box = { left: number; right: number; top: number; bottom: number }

/** As the marker is drawn: its sign, its state, a figure of the type it is written in, and its height. */
const SIGN_PX = 30
const STATE_PX = 20
const CHARACTER_PX = 7
const HEIGHT_PX = 28

export function fitSigns(
  wanted: readonly SignWanted[],
  picture: { width: number; height: number },
): Map<string, SignForm> {
  const boxes = new Map(wanted.map((sign) => [sign.id, boxOf(sign, 'small', picture)]))
  const forms = new Map<string, SignForm>(wanted.map(({ id }) => [id, 'small']))
  for (const sign of wanted.toSorted((a, b) => a.rank - b.rank)) {
    if (sign.text === '') continue
    for (const form of ['full', 'value'] as const) {
      const box = boxOf(sign, form, picture)
      if (box.left < 0 || box.right > picture.width) continue
      if ([...boxes].some(([id, other]) => id !== sign.id && touch(box, other))) continue
      boxes.set(sign.id, box)
      forms.set(sign.id, form)
      break
    }
  }
  return forms
}

function boxOf(
  { at, text, isWell }: SignWanted,
  form: SignForm,
  { width, height }: { width: number; height: number },
): Box {
  const state = form === 'full' || !isWell ? STATE_PX : 0
  const half = (SIGN_PX + state + (form === 'small' ? 0 : text.length * CHARACTER_PX)) / 2
  const [x, y] = [at[0] * width, at[1] * height]
  return { left: x - half, right: x + half, top: y - HEIGHT_PX / 2, bottom: y + HEIGHT_PX / 2 }
}
const touch = (a: Box, b: Box): boolean => a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom
