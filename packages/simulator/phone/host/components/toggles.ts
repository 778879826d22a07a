import type { BaseElement, BaseTag } from './base.js'
import { controlOf, controlsIn, listen, quiet, registerControl } from './controls.js'

const nativeToggle = ({ el }: BaseElement, type: 'checkbox' | 'radio', role?: string) => {
  const native = el.ownerDocument.createElement('input')
  native.type = type
  if (role) native.setAttribute('role', role)
  quiet(native)
  el.prepend(native)
  return native
}

const toggleHandlers = (native: HTMLInputElement) => ({
  checked: (value: boolean) => {
    native.checked = value
  },
  disabled: (value: boolean) => {
    native.disabled = value
  },
  color: (value: string) => {
    if (value !== '') native.style.setProperty('--wx-accent', value)
  },
})

export const switchTag: BaseTag = {
  control: true,
  properties: { checked: Boolean, disabled: Boolean, type: String, color: String, name: String },
  setup: (element) => {
    const native = nativeToggle(element, 'checkbox', 'switch')
    listen(native, ['change'], () => element.emit('change', { value: native.checked }))
    registerControl(element.el, {
      name: () => String(element.data.name ?? ''),
      value: () => native.checked,
      activate: () => native.click(),
      reset: () => {
        native.checked = false
      },
    })
    return toggleHandlers(native)
  },
}

/** A checkbox or radio reports to the group around it. The group reports to the page. */
const member = (type: 'checkbox' | 'radio'): BaseTag => ({
  control: true,
  properties: { value: String, checked: Boolean, disabled: Boolean, color: String, name: String },
  setup: (element) => {
    const { el, data } = element
    const native = nativeToggle(element, type)
    listen(native, ['change'], () => {
      el.closest(`wx-${type}-group`)?.dispatchEvent(
        new CustomEvent('sealcard-toggled', { detail: el }),
      )
    })
    registerControl(el, {
      name: () => '',
      value: () => (native.checked ? String(data.value) : null),
      activate: () => native.click(),
      reset: () => {
        native.checked = false
      },
    })
    return toggleHandlers(native)
  },
})

const group = (type: 'checkbox' | 'radio'): BaseTag => ({
  properties: { name: String },
  setup: ({ el, emit, data }) => {
    const role = type === 'radio' ? 'radiogroup' : 'group'
    el.setAttribute('role', role)
    const chosen = () =>
      [...el.querySelectorAll(`wx-${type}`)].flatMap((one) => controlOf(one)?.value() ?? [])
    el.addEventListener('sealcard-toggled', (event) => {
      if (type === 'radio') {
        for (const other of el.querySelectorAll('wx-radio')) {
          if (other !== (event as CustomEvent).detail) controlOf(other)?.reset()
        }
      }
      emit('change', { value: type === 'radio' ? (chosen()[0] ?? '') : chosen() })
    })
    registerControl(el, {
      name: () => String(data.name ?? ''),
      value: () => (type === 'radio' ? (chosen()[0] ?? '') : chosen()),
      activate: () => {},
      reset: () => {},
    })
    return {}
  },
})

/** A tap on a label acts on the control that `for` names, or on the first one inside. */
const label: BaseTag = {
  properties: { for: String },
  setup: ({ el, data }) => {
    el.addEventListener('click', (event) => {
      const inside = event.target as Element
      if (inside.closest('input,textarea,select')) return
      const named = data.for ? el.ownerDocument.getElementById(String(data.for)) : null
      const control = named ? controlOf(named) : controlsIn(el)[0]
      control?.activate()
    })
    return {}
  },
}

export const toggles: Record<string, BaseTag> = {
  switch: switchTag,
  checkbox: member('checkbox'),
  radio: member('radio'),
  'checkbox-group': group('checkbox'),
  'radio-group': group('radio'),
  label,
}
