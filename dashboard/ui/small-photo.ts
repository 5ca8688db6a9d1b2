// A photo made small before it leaves the device: drawn anew, so that nothing but the picture is in it, turned as it was taken.

const LONGEST_PX = 1600
const QUALITY = 0.8

/** The photo with its longer side at most 1600 px, as JPEG. Rejects what is no picture. */
export const smallPhoto = async (file: Blob): Promise<Blob> => {
  const picture = await createImageBitmap(file)
  const scale = Math.min(1, LONGEST_PX / Math.max(picture.width, picture.height))
  const canvas = document.createElement('canvas')
  canvas.width = Math.max(1, Math.round(picture.width * scale))
  canvas.height = Math.max(1, Math.round(picture.height * scale))
  canvas.getContext('2d')?.drawImage(picture, 0, 0, canvas.width, canvas.height)
  picture.close()
  return new Promise((resolve, reject) => {
    canvas.toBlob((blob) => (blob === null ? reject(new Error('photo')) : resolve(blob)), 'image/jpeg', QUALITY)
  })
}
