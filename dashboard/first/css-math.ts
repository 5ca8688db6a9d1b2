// Reckoning with colours and lengths as CSS does it: the server draws for light and dark at once, and `polished`, which the component
// library asks, takes no light-dark() (vite.config.ts puts this in its place there).

const withAlpha = (color: string, alpha: number): string =>
  `color-mix(in srgb, ${color} ${Math.round(alpha * 100)}%, transparent)`

/** `amount` from 0 (as it is) to 1 (not seen). */
export const transparentize = (amount: number, color: string): string => withAlpha(color, 1 - amount)
export const parseToRgb = (color: string): { color: string } => ({ color })
export const toColorString = ({ color, alpha }: { color: string; alpha: number }): string => withAlpha(color, alpha)
export const math = (formula: string): string => `calc(${formula})`
