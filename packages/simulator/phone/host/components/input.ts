import type { BaseElement, BaseTag, PropertyType } from './base.js'
import { listen, quiet, registerControl } from './controls.js'
import { nicknameKeyboard } from './nickname.js'

const shared: Record<string, PropertyType> = {
  value: String,
  name: String,
  placeholder: String,
  placeholderClass: String,
  placeholderStyle: String,
  disabled: Boolean,
  maxlength: null,
  focus: Boolean,
  autoFocus: Boolean,
  confirmType: String,
  confirmHold: Boolean,
  cursor: null,
  cursorSpacing: null,
  selectionStart: null,
  selectionEnd: null,
  adjustPosition: Boolean,
  holdKeyboard: Boolean,
  alwaysEmbed: Boolean,
  cursorColor: String,
}

const types: Record<string, [type: string, inputMode: string]> = {
  number: ['text', 'numeric'],
  digit: ['text', 'decimal'],
  idcard: ['text', 'text'],
  'safe-password': ['password', 'text'],
}

/** WeChat's default of maxlength is 140; -1 means no limit (input and textarea component pages). */
const limit = (value: unknown): number => {
  if (value === null || value === undefined || value === '') return 140
  const n = Number(value)
  return Number.isNaN(n) ? 140 : n
}

const field = (element: BaseElement, native: HTMLInputElement | HTMLTextAreaElement) => {
  const { el, emit, data } = element
  quiet(native)
  listen(native, ['input'], () => {
    const value = native.value
    emit('input', { value, cursor: native.selectionStart ?? value.length, keyCode: 0 })
  })
  listen(native, ['focus'], () => emit('focus', { value: native.value, height: 0 }))
  listen(native, ['blur'], () => emit('blur', { value: native.value, cursor: 0 }))
  el.append(native)
  registerControl(el, {
    name: () => String(data.name ?? ''),
    value: () => native.value,
    activate: () => native.focus(),
    reset: () => {
      native.value = ''
    },
  })
  // A phone draws the page's own value again only when it changes. So an equal value never undoes typing.
  return {
    value: (value: string) => {
      if (native.value !== value) native.value = value ?? ''
    },
    placeholder: (value: string) => native.setAttribute('placeholder', value),
    disabled: (value: boolean) => {
      native.disabled = value
    },
    maxlength: (value: unknown) => {
      const max = limit(value)
      if (max >= 0) native.maxLength = max
      else native.removeAttribute('maxlength')
    },
    focus: (value: boolean) => {
      if (value) setTimeout(() => native.focus(), 0)
    },
    autoFocus: (value: boolean) => {
      if (value) setTimeout(() => native.focus(), 0)
    },
  }
}

export const input: BaseTag = {
  control: true,
  properties: { ...shared, type: String, password: Boolean },
  setup: (element, host) => {
    const native = element.el.ownerDocument.createElement('input')
    native.autocomplete = 'off'
    const handlers = field(element, native)
    nicknameKeyboard(element, native, host)
    native.addEventListener('keydown', (event) => {
      if (event.key === 'Enter' && !event.isComposing) {
        element.emit('confirm', { value: native.value })
      }
    })
    const retype = () => {
      const [type, mode] = types[String(element.data.type)] ?? ['text', 'text']
      native.type = element.data.password === true ? 'password' : type
      native.inputMode = mode
    }
    return { ...handlers, type: retype, password: retype }
  },
}

export const textarea: BaseTag = {
  control: true,
  properties: {
    ...shared,
    autoHeight: Boolean,
    fixed: Boolean,
    showConfirmBar: Boolean,
    disableDefaultPadding: Boolean,
  },
  setup: (element) => {
    const native = element.el.ownerDocument.createElement('textarea')
    native.rows = 1
    const handlers = field(element, native)
    const grow = () => {
      if (element.data.autoHeight !== true) return
      native.style.height = 'auto'
      native.style.height = `${native.scrollHeight}px`
    }
    native.addEventListener('input', grow)
    return {
      ...handlers,
      value: (value: string) => {
        handlers.value(value)
        grow()
      },
      autoHeight: (value: boolean) => element.el.toggleAttribute('auto-height', value),
    }
  },
}
