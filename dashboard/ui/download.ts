// Hands a text made in the browser to the person as a file.

/** Saves `text` under `name`; a byte order mark lets spreadsheet programs see UTF-8. */
export const downloadText = (name: string, text: string, type: string) => {
  const url = URL.createObjectURL(new Blob(['\uFEFF', text], { type: `${type};charset=utf-8` }))
  const link = document.createElement('a')
  link.href = url
  link.download = name
  link.click()
  URL.revokeObjectURL(url)
}
