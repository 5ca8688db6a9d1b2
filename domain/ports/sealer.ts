// The port for secrets that must be read again (a bridge's password, a provider's secret): sealed at rest, opened only to be used.
export type Sealer = {
  /** Gives a text that only this installation can open. `purpose` binds it to its place, so that it cannot be moved elsewhere. */
  seal(secret: string, purpose: string): string
  /** @throws Failure 'store-damaged' when it was not sealed here, for this purpose, or was changed. */
  open(sealed: string, purpose: string): string
}
