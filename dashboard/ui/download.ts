// Hands a text made in the browser to the person as a file.

/** Saves `text` under `name` as it is. */
export const downloadFile = (name: string, text: string, type: string) => {
  const url = URL.createObjectURL(new Blob([text], { type: `${type};charset=utf-8` }))
  const link = document.createElement('a')
  link.href = url
  link.download = name
  link.click()
  URL.revokeObjectURL(url)
}

/** Saves a table; a byte order mark lets spreadsheet programs see UTF-8. */
export const downloadText = (name: string, text: string, type: string) => downloadFile(name, `\uFEFF${text}`, type)
