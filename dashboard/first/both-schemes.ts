// The look of a page that the server draws: it can't know whether light or dark is wanted, so every colour is both.
import type { SuomifiTheme } from 'suomifi-ui-components'
import { cssVariables, themes } from '#dashboard/ui/theme.ts'

const COLOR = /(?:hsla?|rgba?)\([^)]*\)|#[0-9a-f]{3,8}\b/gi

/** Two values of one form, such as two gradients, with each colour of one beside that of the other. */
const either = (light: string, dark: string): string => {
  const darks = dark.match(COLOR) ?? []
  const lights = light.match(COLOR) ?? []
  if (lights.length !== darks.length) return dark
  return light.replace(COLOR, (color) => {
    const other = darks.shift()
    return other === undefined || other === color ? color : `light-dark(${color}, ${other})`
  })
}
const eitherOf = <T extends { [K in keyof T]: string }>(light: T, dark: T): T => {
  const darks = new Map(Object.entries<string>(dark))
  return Object.fromEntries(
    Object.entries<string>(light).map(([name, value]) => [name, either(value, darks.get(name) ?? value)]),
  ) as T
}

export const bothSchemes: SuomifiTheme = {
  ...themes.light,
  colors: eitherOf(themes.light.colors, themes.dark.colors),
  gradients: eitherOf(themes.light.gradients, themes.dark.gradients),
  shadows: eitherOf(themes.light.shadows, themes.dark.shadows),
}

/** The custom properties on screen; print has its own in GlobalStyle. */
export const bothVariables: string = `@media screen { :root { ${Object.entries(
  eitherOf(cssVariables('light'), cssVariables('dark')),
)
  .map(([name, value]) => `${name}: ${value};`)
  .join(' ')} color-scheme: light dark; } }`
