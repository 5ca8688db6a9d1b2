// What the server sent with a page that it drew, and what a person has done on it before the program came.
import type { QueryClient } from '@tanstack/react-query'
import type { SentAlong } from '#contract/first-page.ts'

const FOCUSABLE = 'a, button, input, select, textarea, [tabindex]'

/** Makes what came with the page known, so that its first picture is the drawn one, and the address the one that was drawn; false: nothing was drawn. */
export const takeSentAlong = (client: QueryClient): boolean => {
  const element = document.getElementById('sent-along')
  if (element === null) return false
  const { address, known } = JSON.parse(element.textContent) as SentAlong
  element.remove()
  window.history.replaceState(window.history.state, '', `${address}${window.location.hash}`)
  for (const [key, data] of known) client.setQueryData(key, data)
  return true
}

/** What stands in the fields by name, and whether the form has been sent. */
let typed: { values: Map<string, string>; sent: boolean } = { values: new Map(), sent: false }
/** What was written into the field before the program came. */
export const typedBefore = (name: string): string => typed.values.get(name) ?? ''
/** Whether the form was sent before the program came; true once, and what was typed is kept no longer. */
export const takeSentBefore = (): boolean => {
  const { sent } = typed
  typed = { values: new Map(), sent: false }
  return sent
}

/** Puts the program's page in place of the drawn one: `mount` does it at once. What was typed and focused stays, what was pressed is done. */
export const takeOver = (root: HTMLElement, mount: () => void): void => {
  const fields = [...root.querySelectorAll('input')]
  typed = {
    values: new Map(fields.map(({ name, value }) => [name, value])),
    sent: root.querySelector('form[data-waits]') !== null,
  }
  const places = [...root.querySelectorAll<HTMLElement>(FOCUSABLE)]
  const focused = places.find((one) => one === document.activeElement)
  const selection =
    focused instanceof HTMLInputElement ? ([focused.selectionStart, focused.selectionEnd] as const) : undefined
  const waits = places.filter((one) => one.dataset['waits'] !== undefined)
  mount()
  delete document.documentElement.dataset['drawn']
  document.documentElement.style.colorScheme = ''
  document.getElementById('drawn-styles')?.remove()
  const now = [...root.querySelectorAll<HTMLElement>(FOCUSABLE)]
  /** What stands where the drawn one stood, if it is the same. */
  const successor = (one: HTMLElement): HTMLElement | undefined => {
    const same = now.filter(
      ({ localName, textContent }) => localName === one.localName && textContent === one.textContent,
    )
    const at = now[places.indexOf(one)]
    return at !== undefined && same.includes(at) ? at : same[0]
  }
  const next = focused === undefined ? undefined : successor(focused)
  next?.focus({ preventScroll: true })
  if (selection !== undefined && next instanceof HTMLInputElement) next.setSelectionRange(...selection)
  for (const one of waits) {
    const pressed = successor(one)
    if (one instanceof HTMLSelectElement && pressed instanceof HTMLSelectElement) {
      pressed.value = one.value
      pressed.dispatchEvent(new Event('change', { bubbles: true }))
    } else pressed?.click()
  }
}
