// Hands a text made in the browser, or a file of the API, to the person as a file.

/** Saves what the API gave as a file. */
export const saveFile = (name: string, file: Blob) => {
  const url = URL.createObjectURL(file)
  const link = document.createElement('a')
  link.href = url
  link.download = name
  link.click()
  URL.revokeObjectURL(url)
}

/** Saves `text` under `name` as it is. */
export const downloadFile = (name: string, text: string, type: string) =>
  saveFile(name, new Blob([text], { type: `${type};charset=utf-8` }))

/** Saves a table; a byte order mark lets spreadsheet programs see UTF-8. */
export const downloadText = (name: string, text: string, type: string) => downloadFile(name, `\uFEFF${text}`, type)
