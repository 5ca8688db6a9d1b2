// A photo of the place, taken by the phone, made small enough for a bad network before it is kept.
import { useId } from 'react'
import { Button } from 'suomifi-ui-components'
import { installWords } from '#dashboard/text/install/words.ts'
import { useWords } from '#dashboard/text/words.ts'
import { Stack } from '#dashboard/ui/Layout.tsx'
import { PhotoChooser, PhotoPicture } from '#dashboard/ui/PhotoPicture.tsx'
import { smallPhoto } from '#dashboard/ui/small-photo.ts'

export const PhotoField = ({ photo, change }: { photo: Blob | null; change: (photo: Blob | null) => void }) => {
  const words = useWords(installWords)
  const id = useId()
  return (
    <Stack>
      <PhotoChooser>
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
      </PhotoChooser>
      {photo === null ? null : (
        <>
          <PhotoPicture photo={photo} label={words.photoAlt} />
          <Button variant="secondaryNoBorder" onClick={() => change(null)}>
            {words.removePhoto}
          </Button>
        </>
      )}
    </Stack>
  )
}
