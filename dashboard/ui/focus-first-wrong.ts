// After a form was sent and something in it is wrong, the focus goes to the first field that says so.

/** Follows all forms of the page; the answer stops it. */
export const focusFirstWrong = (): (() => void) => {
  const onSubmit = ({ target }: SubmitEvent) => {
    // The fields are marked in the render that the submit causes.
    requestAnimationFrame(() => {
      const wrong =
        target instanceof HTMLFormElement ? target.querySelector<HTMLElement>('[aria-invalid="true"]') : null
      wrong?.focus()
    })
  }
  document.addEventListener('submit', onSubmit)
  return () => document.removeEventListener('submit', onSubmit)
}
