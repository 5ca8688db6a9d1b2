// A photo of the place, taken by the phone, made small enough for a bad network before it is kept.
import { useEffect, useId, useRef } from 'react'
import { styled } from 'styled-components'
import { Button } from 'suomifi-ui-components'
import { installWords } from '#dashboard/text/install/words.ts'
import { useWords } from '#dashboard/text/words.ts'
import { Stack } from '#dashboard/ui/Layout.tsx'
import { smallPhoto } from '#dashboard/ui/small-photo.ts'

const Chooser = styled.div`
  position: relative;
  input {
    position: absolute;
    opacity: 0;
    width: 1px;
    height: 1px;
  }
  label {
    display: flex;
    align-items: center;
    justify-content: center;
    min-height: 56px;
    border: 1px solid var(--link);
    border-radius: 2px;
    color: var(--link);
    background: var(--surface);
    font-weight: 600;
    cursor: pointer;
  }
  input:focus-visible + label {
    outline: 3px solid var(--link);
    outline-offset: 2px;
  }
`
const Shown = styled.canvas`
  width: 100%;
  height: auto;
  border-radius: 4px;
`
export const PhotoField = ({ photo, change }: { photo: Blob | null; change: (photo: Blob | null) => void }) => {
  const words = useWords(installWords)
  const id = useId()
  const canvas = useRef<HTMLCanvasElement>(null)
  useEffect(() => {
    if (photo === null) return
    let current = true
    void createImageBitmap(photo).then((picture) => {
      const target = canvas.current
      if (current && target !== null) {
        target.width = picture.width
        target.height = picture.height
        target.getContext('2d')?.drawImage(picture, 0, 0)
      }
      picture.close()
    })
    return () => {
      current = false
    }
  }, [photo])
  return (
    <Stack>
      <Chooser>
        <input
          id={id}
          type="file"
          accept="image/*"
          capture="environment"
          onChange={({ target }) => {
            const file = target.files?.[0]
            target.value = ''
            if (file !== undefined) void smallPhoto(file).then(change)
          }}
        />
        <label htmlFor={id}>{words.takePhoto}</label>
      </Chooser>
      {photo === null ? null : (
        <>
          {/* eslint-disable-next-line jsx-a11y/prefer-tag-over-role -- an img would need a blob: address, which the policy refuses */}
          <Shown ref={canvas} role="img" aria-label={words.photoAlt} />
          <Button variant="secondaryNoBorder" onClick={() => change(null)}>
            {words.removePhoto}
          </Button>
        </>
      )}
    </Stack>
  )
}
