const layer = (className: string, role: string): HTMLElement => {
  const el = document.createElement('div')
  el.className = `phone-overlay ${className}`
  el.setAttribute('role', role)
  return el
}

const textBlock = (className: string, text: string): HTMLElement => {
  const el = document.createElement('div')
  el.className = className
  el.textContent = text
  return el
}

const pressable = (className: string, text: string, press: () => void): HTMLButtonElement => {
  const el = document.createElement('button')
  el.type = 'button'
  el.className = className
  el.textContent = text
  el.addEventListener('click', press)
  return el
}

let toast: HTMLElement | null = null
let timer: ReturnType<typeof setTimeout> | undefined

export const hideToast = (): void => {
  clearTimeout(timer)
  toast?.remove()
  toast = null
}

/** A toast or a loading mark: one at a time on a phone. */
export const showToast = (title: string, icon: string, duration: number | null): void => {
  hideToast()
  toast = layer('phone-toast', 'status')
  toast.dataset.icon = icon
  if (icon !== 'none') toast.append(textBlock(`phone-toast-icon is-${icon}`, ''))
  toast.append(textBlock('phone-toast-text', title))
  document.body.append(toast)
  if (duration !== null) timer = setTimeout(hideToast, duration)
}

export interface ModalOptions {
  title?: string
  content?: string
  showCancel?: boolean
  cancelText?: string
  confirmText?: string
  editable?: boolean
  placeholderText?: string
}

/** The client's own dialogue. Escape is its cancel, as the back gesture is. */
export const showModal = (
  options: ModalOptions,
  words: { confirm: string; cancel: string },
): Promise<{ confirm: boolean; content: string }> =>
  new Promise((resolve) => {
    const before = document.activeElement as HTMLElement | null
    const el = layer('phone-modal', 'dialog')
    const box = textBlock('phone-modal-box', '')
    el.setAttribute('aria-modal', 'true')
    el.setAttribute('aria-label', options.title || options.content || '')
    const field = document.createElement('textarea')
    field.placeholder = options.placeholderText ?? ''
    field.value = options.content ?? ''
    const close = (confirm: boolean) => {
      el.remove()
      before?.focus?.()
      resolve({ confirm, content: field.value })
    }
    if (options.title) box.append(textBlock('phone-modal-title', options.title))
    if (options.editable) box.append(field)
    else if (options.content) box.append(textBlock('phone-modal-text', options.content))
    const buttons = textBlock('phone-modal-buttons', '')
    const confirm = pressable('is-confirm', options.confirmText ?? words.confirm, () => close(true))
    if (options.showCancel !== false) {
      buttons.append(pressable('is-cancel', options.cancelText ?? words.cancel, () => close(false)))
    }
    buttons.append(confirm)
    box.append(buttons)
    el.append(box)
    el.addEventListener('keydown', (event) => {
      if (event.key === 'Escape' && options.showCancel !== false) close(false)
    })
    document.body.append(el)
    confirm.focus()
  })

/** Index of the chosen item; null if the sheet was left. */
export const showActionSheet = (
  items: string[],
  words: { cancel: string },
): Promise<number | null> =>
  new Promise((resolve) => {
    const el = layer('phone-sheet', 'dialog')
    el.setAttribute('aria-modal', 'true')
    const box = textBlock('phone-sheet-box', '')
    const close = (index: number | null) => {
      el.remove()
      resolve(index)
    }
    items.forEach((item, index) => box.append(pressable('', item, () => close(index))))
    box.append(pressable('is-cancel', words.cancel, () => close(null)))
    el.append(box)
    el.addEventListener('click', (event) => {
      if (event.target === el) close(null)
    })
    el.addEventListener('keydown', (event) => {
      if (event.key === 'Escape') close(null)
    })
    document.body.append(el)
    box.querySelector('button')?.focus()
  })
