/** A form control in the document, for form, label and the groups. */
export interface Control {
  name(): string
  value(): unknown
  /** What a tap on its label does. */
  activate(): void
  reset(): void
}

const controls = new WeakMap<Element, Control>()

export const registerControl = (el: Element, control: Control): void => {
  controls.set(el, control)
}

export const controlOf = (el: Element): Control | undefined => controls.get(el)

export const controlsIn = (root: Element): Control[] =>
  [...root.querySelectorAll('*')].flatMap((el) => controls.get(el) ?? [])

/** Native events stay inside: a page gets the component's event, with its detail, and nothing else. */
export const listen = (
  native: HTMLElement,
  types: string[],
  handler: (event: Event) => void,
): void => {
  for (const type of types) {
    native.addEventListener(type, (event) => {
      event.stopPropagation()
      handler(event)
    })
  }
}

export const quiet = (native: HTMLElement): void =>
  listen(native, ['input', 'change', 'focus', 'blur', 'submit', 'reset', 'invalid'], () => {})
