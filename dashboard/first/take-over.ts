// What the server sent with a page that it drew, and what a person has done on it before the program came.
import type { QueryClient } from '@tanstack/react-query'
import type { SentAlong } from '#contract/first-page.ts'
import { scrollKeeper } from '#dashboard/components/scroll-places.ts'

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

/** Puts the program's page in place of the drawn one: `mount` does it at once. What was typed, opened and focused stays, what was pressed and sent is done. */
export const takeOver = async (root: HTMLElement, mount: () => void): Promise<void> => {
  const before = [...root.querySelectorAll<HTMLElement>(PLACES)]
  // Once they are out of the page they have no labels any more.
  const names = new Map(before.map((one) => [one, nameOf(one)]))
  const focused = before.find((one) => one === document.activeElement)
  const selection =
    focused instanceof HTMLInputElement && focused.selectionStart !== null
      ? ([focused.selectionStart, focused.selectionEnd] as const)
      : undefined
  const keepScroll = scrollKeeper()
  mount()
  keepScroll()
  delete document.documentElement.dataset['drawn']
  document.documentElement.style.colorScheme = ''
  document.getElementById('drawn-styles')?.remove()
  /** What the drawn one has become, where there is no doubt: a press must never reach the next row's button. */
  const successor = (one: HTMLElement): HTMLElement | undefined => {
    const now = [...root.querySelectorAll<HTMLElement>(PLACES)]
    const same = now.filter((other) => nameOf(other) === names.get(one))
    const at = before.length === now.length ? now[before.indexOf(one)] : undefined
    if (at !== undefined && same.includes(at)) return at
    const isOnly = before.filter((other) => names.get(other) === names.get(one)).length === 1
    return isOnly && same.length === 1 ? same[0] : undefined
  }
  // Where somebody is writing comes first, before the next key.
  const next = focused === undefined ? undefined : successor(focused)
  if (focused !== undefined && isFilled(focused)) fill(next, focused)
  next?.focus({ preventScroll: true })
  if (selection !== undefined && next instanceof HTMLInputElement) next.setSelectionRange(...selection)
  // One after the other, as a person does it: what one of them changes may show another, or stand in the address.
  for (const one of before) {
    if (one === focused || !isFilled(one)) continue
    await turn()
    fill(successor(one), one)
  }
  for (const one of before) {
    if (one.dataset['waits'] === undefined) continue
    await turn()
    act(successor(one))
  }
}
const turn = (): Promise<void> => new Promise((resolve) => setTimeout(resolve))

const PLACES = 'a, button, input, select, textarea, summary, form, [tabindex]'
/** What an element is called: fields by their labels, others by what stands in them. */
const nameOf = (one: HTMLElement): string => {
  const { localName } = one
  const name = one.getAttribute('name') ?? one.getAttribute('aria-label') ?? ''
  if (localName === 'form') return localName
  const labels = 'labels' in one ? [...((one.labels as NodeListOf<HTMLLabelElement> | null) ?? [])] : []
  const words = labels.length > 0 ? labels.map(({ textContent }) => textContent).join(' ') : one.textContent
  return [localName, name, words].join(' ')
}

/** Whether somebody has written, ticked, chosen or opened something here. */
const isFilled = (one: HTMLElement): boolean => {
  if (one instanceof HTMLInputElement) return one.value !== one.defaultValue || one.checked !== one.defaultChecked
  if (one instanceof HTMLTextAreaElement) return one.value !== one.defaultValue
  if (one instanceof HTMLSelectElement) return one.dataset['waits'] !== undefined
  return one.localName === 'summary' && one.parentElement instanceof HTMLDetailsElement
}
/** As if it were written, ticked, chosen or opened now: React hears of it as of any other. */
const fill = (place: HTMLElement | undefined, one: HTMLElement): void => {
  if (place instanceof HTMLInputElement && one instanceof HTMLInputElement) {
    if (one.type === 'file') {
      place.files = one.files
      place.dispatchEvent(new Event('change', { bubbles: true }))
    } else if (one.checked !== one.defaultChecked) place.click()
    else write(place, HTMLInputElement.prototype, one.value)
  } else if (place instanceof HTMLTextAreaElement && one instanceof HTMLTextAreaElement) {
    write(place, HTMLTextAreaElement.prototype, one.value)
  } else if (place instanceof HTMLSelectElement && one instanceof HTMLSelectElement) {
    place.value = one.value
    place.dispatchEvent(new Event('change', { bubbles: true }))
  } else if (place?.parentElement instanceof HTMLDetailsElement && one.parentElement instanceof HTMLDetailsElement) {
    place.parentElement.open = one.parentElement.open
  }
}
/** Past React's own setter, which would take the value for one that it has set itself. */
const write = (place: HTMLElement, kind: object, value: string): void => {
  Object.getOwnPropertyDescriptor(kind, 'value')?.set?.call(place, value)
  place.dispatchEvent(new Event('input', { bubbles: true }))
}
/** Does what was pressed or sent before the program came. */
const act = (place: HTMLElement | undefined): void => {
  if (place instanceof HTMLFormElement) place.requestSubmit()
  else if (!(place instanceof HTMLSelectElement)) place?.click()
}
