// Turns of nodes that write into the same server: who asks what is there and then writes must not be overtaken in between.

/**
 * Devices in as many shares; a node writes to a share while no other does. Its memory of what the server has holds on for as
 * long as nobody else had the share.
 */
export const SHARES = 64

export type Turns = {
  /**
   * Runs while no other node writes to these shares. It is told which of them another node may have written to since this
   * node's last turn. `touchesOld`: the batch has readings that retention may be about to drop.
   * Rejects when the turn cannot be had, or was lost meanwhile: then what was written must be brought again.
   */
  take<T>(shares: readonly number[], touchesOld: boolean, run: (changed: readonly number[]) => Promise<T>): Promise<T>
  /** Runs while no node writes old readings. */
  retain<T>(run: () => Promise<T>): Promise<T>
  close(): Promise<void>
}

/** Readings older than this may be dropped by retention, whose shortest time is a day. */
export const OLD_MS = 20 * 3_600_000

/** The share of a device, the same on every node (FNV-1a). */
export function shareOf(device: string): number {
  let hash = 0x811c9dc5
  for (let index = 0; index < device.length; index++) hash = Math.imul(hash ^ device.charCodeAt(index), 0x01000193)
  return (hash >>> 0) % SHARES
}
