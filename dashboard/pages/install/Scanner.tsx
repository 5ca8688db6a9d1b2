// Reads a QR code by camera: with the browser's own detector where there is one, else with a decoder that is loaded then.
import { useEffect, useRef, useState } from 'react'
import { styled } from 'styled-components'
import { Button, InlineAlert } from 'suomifi-ui-components'
import { installWords } from '#dashboard/text/install/words.ts'
import { useWords } from '#dashboard/text/words.ts'
import { Stack } from '#dashboard/ui/Layout.tsx'

const Picture = styled.video`
  width: 100%;
  aspect-ratio: 1;
  object-fit: cover;
  background: var(--ink);
  border-radius: 4px;
`
/** Between two looks at the picture. */
const LOOK_MS = 200
/** The decoder is given the picture no wider than this. */
const WIDTH = 640

type Detector = { detect(source: HTMLVideoElement): Promise<{ rawValue: string }[]> }
type DetectorClass = new (options: { formats: string[] }) => Detector

/** Gives the text of a code in the picture, or null. */
const createReader = async (): Promise<(video: HTMLVideoElement) => Promise<string | null>> => {
  const own: unknown = Reflect.get(globalThis, 'BarcodeDetector')
  if (typeof own === 'function') {
    const detector = new (own as DetectorClass)({ formats: ['qr_code'] })
    return async (video) => (await detector.detect(video))[0]?.rawValue ?? null
  }
  const { decodeQR } = await import('qr/decode.js')
  const canvas = document.createElement('canvas')
  const context = canvas.getContext('2d', { willReadFrequently: true })
  return async (video) => {
    if (context === null || video.videoWidth === 0) return null
    canvas.width = Math.min(WIDTH, video.videoWidth)
    canvas.height = Math.round((canvas.width * video.videoHeight) / video.videoWidth)
    context.drawImage(video, 0, 0, canvas.width, canvas.height)
    try {
      return decodeQR(context.getImageData(0, 0, canvas.width, canvas.height))
    } catch {
      return null // no code in the picture
    }
  }
}

export const Scanner = ({ found, close }: { found: (text: string) => void; close: () => void }) => {
  const words = useWords(installWords)
  const video = useRef<HTMLVideoElement>(null)
  const tell = useRef(found)
  const [failed, setFailed] = useState<'denied' | 'none' | null>(null)
  useEffect(() => {
    tell.current = found
  }, [found])
  useEffect(() => {
    let stream: MediaStream | null = null
    let timer: ReturnType<typeof setTimeout> | undefined
    let open = true
    const run = async () => {
      stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: 'environment' } })
      const picture = video.current
      if (!open || picture === null) return stop()
      picture.srcObject = stream
      await picture.play()
      const read = await createReader()
      const look = async () => {
        const text = await read(picture).catch(() => null)
        if (!open) return
        if (text === null) timer = setTimeout(() => void look(), LOOK_MS)
        else tell.current(text)
      }
      await look()
    }
    const stop = () => {
      for (const track of stream?.getTracks() ?? []) track.stop()
    }
    run().catch((error: unknown) => {
      if (open) setFailed(error instanceof DOMException && error.name === 'NotAllowedError' ? 'denied' : 'none')
    })
    return () => {
      open = false
      clearTimeout(timer)
      stop()
    }
  }, [])
  return (
    <Stack>
      {failed !== null ? (
        <InlineAlert status="warning">{failed === 'denied' ? words.cameraDenied : words.noCamera}</InlineAlert>
      ) : (
        <Picture ref={video} muted playsInline aria-label={words.scanning} />
      )}
      <Button variant="secondary" fullWidth onClick={close}>
        {words.stopScan}
      </Button>
    </Stack>
  )
}
