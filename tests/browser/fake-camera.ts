// A film for Chromium's fake camera: one QR code on white, as raw pictures (YUV4MPEG2).
import { writeFileSync } from 'node:fs'
import { encodeQR } from 'qr'

const [WIDTH, HEIGHT] = [640, 480]
const [WHITE, BLACK, NO_COLOUR] = [235, 16, 128]
const FRAMES = 10

/** Writes the film; the code fills about half of the picture's height, as a label does that is held before a phone. */
export function writeFilm(file: string, text: string): void {
  const modules = encodeQR(text, 'raw', { border: 4, ecc: 'medium' })
  const step = Math.floor((HEIGHT * 0.6) / modules.length)
  const [left, top] = [(WIDTH - step * modules.length) >> 1, (HEIGHT - step * modules.length) >> 1]
  const light = Buffer.alloc(WIDTH * HEIGHT, WHITE)
  for (const [row, cells] of modules.entries())
    for (const [column, isDark] of cells.entries())
      if (isDark)
        for (let y = 0; y < step; y++) {
          const from = (top + row * step + y) * WIDTH + left + column * step
          light.fill(BLACK, from, from + step)
        }
  const frame = Buffer.concat([Buffer.from('FRAME\n'), light, Buffer.alloc((WIDTH * HEIGHT) / 2, NO_COLOUR)])
  const head = Buffer.from(`YUV4MPEG2 W${WIDTH} H${HEIGHT} F10:1 Ip A1:1 C420\n`)
  writeFileSync(file, Buffer.concat([head, ...Array.from({ length: FRAMES }, () => frame)]))
}

/** Switches by which Chromium's camera is that film; pages still need the permission. */
export const cameraOf = (file: string): string[] => [
  '--use-fake-device-for-media-stream',
  `--use-file-for-fake-video-capture=${file}`,
]
