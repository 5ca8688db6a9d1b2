// Where the pieces of stacked bars stand. Pure. Amounts become lengths here and nothing else: no amount is ever shown from here.

export type StackInput = { key: string; pieces: { key: string; amount: string }[] }
export type Piece = { key: string; start: number; end: number }
export type Stack = { key: string; pieces: Piece[] }

/** Pieces one after the other from zero: those above zero to one side, those below to the other, in the order given. */
export const stackPieces = (bars: readonly StackInput[]): { stacks: Stack[]; low: number; high: number } => {
  let [low, high] = [0, 0]
  const stacks = bars.map(({ key, pieces }) => {
    let [up, down] = [0, 0]
    const placed = pieces.map((piece) => {
      const length = Number(piece.amount)
      const start = length < 0 ? down : up
      const end = start + length
      if (length < 0) down = end
      else up = end
      return { key: piece.key, start, end }
    })
    low = Math.min(low, down)
    high = Math.max(high, up)
    return { key, pieces: placed }
  })
  return { stacks, low, high }
}

/** At most `most` round values from below `low` to above `high`, with zero among them. */
export const roundTicks = (low: number, high: number, most = 6): number[] => {
  const span = high - low
  if (!(span > 0)) return [0]
  const rough = span / most
  const power = 10 ** Math.floor(Math.log10(rough))
  const step = [1, 2, 2.5, 5, 10].map((factor) => factor * power).find((one) => one >= rough) ?? rough
  const ticks: number[] = []
  for (let i = Math.floor(low / step); i <= Math.ceil(high / step); i += 1) ticks.push(i * step)
  return ticks
}

/** The largest first, for an order only: no amount comes of it. */
export const largestFirst = (a: { net: string }, b: { net: string }): number => Number(b.net) - Number(a.net)
