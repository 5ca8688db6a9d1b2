// The look: Suomi.fi tokens for light, the same tokens turned for dark, and the names under which our own styles use them.
import { defaultSuomifiTheme, type SuomifiTheme } from 'suomifi-ui-components'

export type Scheme = 'light' | 'dark'

const light: SuomifiTheme = defaultSuomifiTheme

/** Dark is Suomi.fi's scale turned round: what was white is the ground, what was black is the ink. */
const darkColors: SuomifiTheme['colors'] = {
  ...light.colors,
  whiteBase: 'hsl(210, 18%, 11%)',
  blackBase: 'hsl(210, 20%, 94%)',
  blackLight1: 'hsl(210, 10%, 72%)',
  brandBase: 'hsl(212, 70%, 78%)',
  depthDark1: 'hsl(202, 9%, 80%)',
  depthDark2: 'hsl(202, 8%, 70%)',
  depthDark3: 'hsl(202, 7%, 62%)',
  depthBase: 'hsl(202, 7%, 54%)',
  depthLight1: 'hsl(204, 9%, 34%)',
  depthLight2: 'hsl(206, 12%, 22%)',
  depthLight3: 'hsl(208, 15%, 15%)',
  depthSecondary: 'hsl(212, 26%, 17%)',
  depthSecondaryDark1: 'hsl(212, 26%, 22%)',
  highlightDark1: 'hsl(210, 90%, 80%)',
  highlightBase: 'hsl(210, 85%, 72%)',
  highlightLight1: 'hsl(210, 85%, 66%)',
  highlightLight2: 'hsl(212, 35%, 28%)',
  highlightLight3: 'hsl(212, 32%, 20%)',
  highlightLight4: 'hsl(212, 26%, 15%)',
  accentBase: 'hsl(23, 90%, 64%)',
  accentSecondary: 'hsl(196, 77%, 58%)',
  accentSecondaryLight1: 'hsl(196, 40%, 18%)',
  accentTertiary: 'hsl(284, 50%, 74%)',
  accentTertiaryDark1: 'hsl(284, 50%, 80%)',
  accentTertiaryLight1: 'hsl(284, 22%, 20%)',
  successBase: 'hsl(165, 55%, 55%)',
  successDark1: 'hsl(165, 55%, 62%)',
  successSecondary: 'hsl(166, 35%, 22%)',
  warningBase: 'hsl(42, 93%, 60%)',
  warningLight1: 'hsl(42, 40%, 16%)',
  alertBase: 'hsl(3, 85%, 74%)',
  alertLight1: 'hsl(0, 35%, 18%)',
  infoBase: 'hsl(215, 90%, 74%)',
  infoLight1: 'hsl(216, 35%, 18%)',
}
const between = (a: string, b: string) => `linear-gradient(0deg, ${a} 0%, ${b} 100%)`
const dark: SuomifiTheme = {
  ...light,
  colors: darkColors,
  gradients: {
    highlightBaseToHighlightDark1: between(darkColors.highlightBase, darkColors.highlightBase),
    highlightLight1ToHighlightBase: between(darkColors.highlightDark1, darkColors.highlightDark1),
    depthLight1ToDepthBase: between(darkColors.depthBase, darkColors.depthBase),
    whiteBaseNegative: between(darkColors.depthLight2, darkColors.depthLight2),
    whiteBaseToDepthLight2: between(darkColors.depthLight2, darkColors.depthLight2),
    whiteBaseToDepthLight1: between(darkColors.depthLight1, darkColors.depthLight1),
    highlightLight3ToHighlightLight2: between(darkColors.highlightLight2, darkColors.highlightLight3),
    depthLight3ToDepthLight2: between(darkColors.depthLight2, darkColors.depthLight3),
    depthSecondaryToDepthSecondaryDark1: between(darkColors.depthSecondaryDark1, darkColors.depthSecondary),
    highlightLight4ToDepthSecondary: between(darkColors.depthSecondary, darkColors.highlightLight4),
  },
  shadows: { ...light.shadows, invertTextShadow: 'none' },
}

export const themes: Record<Scheme, SuomifiTheme> = { light, dark }

/** Eight hues that colour-blind people tell apart, each at least 3:1 against the surface it stands on. */
const chartHues: Record<Scheme, readonly string[]> = {
  light: ['#00529b', '#c2410c', '#00735c', '#a8327d', '#7a6200', '#2b7fb8', '#5b4bb5', '#4d5358'],
  dark: ['#6cb0f5', '#f08a4b', '#3fbf9b', '#e58cc4', '#d1b13c', '#9ad3f5', '#ab9cf2', '#b3babf'],
}
const chartVariables = (scheme: Scheme): Record<string, string> =>
  Object.fromEntries(chartHues[scheme].map((hue, i) => [`--chart-${i}`, hue]))

/** The custom properties of our own styles: a role each, so that no style names a colour. */
export const cssVariables = (scheme: Scheme): Record<string, string> => ({
  ...chartVariables(scheme),
  ...roles(themes[scheme]),
})
const roles = ({ colors }: SuomifiTheme): Record<string, string> => ({
  '--ground': colors.depthLight3,
  '--surface': colors.whiteBase,
  '--surface-raised': colors.highlightLight4,
  '--ink': colors.blackBase,
  '--ink-soft': colors.depthDark1,
  '--line': colors.depthLight2,
  '--line-strong': colors.depthLight1,
  '--brand': colors.brandBase,
  '--link': colors.highlightBase,
  '--link-strong': colors.highlightDark1,
  '--selected': colors.highlightLight3,
  '--focus': colors.accentSecondary,
  '--good': colors.successDark1,
  '--good-ground': colors.successSecondary,
  '--warn': colors.accentBase,
  '--warn-ground': colors.warningLight1,
  '--bad': colors.alertBase,
  '--bad-ground': colors.alertLight1,
  '--info': colors.infoBase,
  '--info-ground': colors.infoLight1,
  '--quiet-ground': colors.depthLight2,
  '--violet': colors.accentTertiaryDark1,
  '--violet-ground': colors.accentTertiaryLight1,
  '--font': "'Source Sans 3', 'Helvetica Neue', Arial, sans-serif",
})

/** A storey plan is drawn on white paper, in the dark as well. */
export const drawing = { ground: '#ffffff', ink: '#2f3a44' }
