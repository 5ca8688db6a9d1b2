// A component's figures for a piece, and the euros that follow from figures: the one place that knows all kinds.
import type { TariffComponent } from '#domain/registry/bundle.ts'
import type { Fraction } from '#domain/quantity/fraction.ts'
import { energyAmount, energyFigures } from './energy.ts'
import type { EnergyFigures } from './energy.ts'
import { fixedAmount, fixedFigures } from './fixed.ts'
import type { FixedFigures } from './fixed.ts'
import { peakAmount, peakFigures } from './peak.ts'
import type { PeakFigures } from './peak.ts'
import type { Piece } from './piece.ts'
import { spotAmount, spotFigures } from './spot.ts'
import type { SpotFigures } from './spot.ts'
import { steppedAmount, steppedFigures } from './stepped.ts'
import type { SteppedFigures } from './stepped.ts'

export type Figures = EnergyFigures | SpotFigures | SteppedFigures | PeakFigures | FixedFigures

/** What a component's amount follows from; null when a price is missing. */
export function figuresOf(component: TariffComponent, piece: Piece): Figures | null {
  switch (component.kind) {
    case 'energy':
      return energyFigures(component, piece)
    case 'spot':
      return spotFigures(component, piece)
    case 'stepped':
      return steppedFigures(component, piece)
    case 'peak':
      return peakFigures(component, piece)
    case 'fixed':
      return fixedFigures(component, piece)
  }
}

/** The exact amount in euros that follows from the figures. */
export function amountOf(figures: Figures): Fraction {
  switch (figures.kind) {
    case 'energy':
      return energyAmount(figures)
    case 'spot':
      return spotAmount(figures)
    case 'stepped':
      return steppedAmount(figures)
    case 'peak':
      return peakAmount(figures)
    case 'fixed':
      return fixedAmount(figures)
  }
}
