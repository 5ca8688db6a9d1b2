// The picture of a plan as it came, made harmless: an SVG cleaned, a photo or scan without anything but the picture.
import type { PlanMediaType } from '#domain/plans/plan.ts'
import { Failure } from '#domain/failure.ts'
import { cleanPhoto } from '#api/faults/clean-photo.ts'
import { cleanSvg } from './clean-svg.ts'

export type CleanPicture = {
  bytes: Buffer
  mediaType: PlanMediaType
  width: number
  height: number
  /** Elements and attributes that were not taken. */
  leftOut: string[]
}

/** What it is shows in its bytes. @throws Failure 'unsupported-type' or 'too-large', with what is wrong. */
export function cleanPicture(bytes: Buffer, maxPixels: number): CleanPicture {
  const start = bytes
    .subarray(0, 4000)
    .toString('utf8')
    .replace(/^\ufeff/, '')
    .trimStart()
  if (start.startsWith('<')) {
    const { svg, ...rest } = cleanSvg(new TextDecoder('utf-8').decode(bytes))
    return { bytes: Buffer.from(svg), mediaType: 'image/svg+xml', ...rest }
  }
  try {
    return { ...cleanPhoto(bytes, maxPixels), leftOut: [] }
  } catch (error) {
    if (error instanceof Failure && error.code === 'unsupported-type')
      throw new Failure(
        'unsupported-type',
        'A plan is an SVG, PNG, JPEG or WebP picture. Save a PDF or drawing as one of them.',
      )
    throw error
  }
}
