// A photo that was taken and not sent yet, and the label that takes it.
import { useEffect, useRef } from 'react'
import { styled } from 'styled-components'

/** Holds the file field and its label: the label is the button, and the field keeps the focus. */
export const PhotoChooser = styled.div`
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
const Canvas = styled.canvas`
  width: 100%;
  height: auto;
  border-radius: 4px;
`

/** Drawn, as an img would need a blob: address, which the policy refuses. */
export const PhotoPicture = ({ photo, label }: { photo: Blob; label: string }) => {
  const canvas = useRef<HTMLCanvasElement>(null)
  useEffect(() => {
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
  // eslint-disable-next-line jsx-a11y/prefer-tag-over-role -- an img would need a blob: address, which the policy refuses
  return <Canvas ref={canvas} role="img" aria-label={label} />
}
