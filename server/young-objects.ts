// Tells the engine where what messages bring is to be made: where it is cheap to forget.
import { setFlagsFromString } from 'node:v8'

/**
 * V8 makes objects in its old generation at once where those of the same place lived long before. In a burst, when messages wait for the
 * disk, those of a reading look so; from then on all of them were made there, though they live for 20 ms, and clearing them away took four
 * times as long (bench/results.md, "Speed under load").
 */
export function keepYoungObjectsYoung(): void {
  setFlagsFromString('--no-allocation-site-pretenuring')
}
