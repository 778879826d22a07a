import type { BaseTag } from './base.js'
import { listen, quiet, registerControl } from './controls.js'

type Native = HTMLSelectElement | HTMLInputElement

/** Modes selector, date and time: the browser's own control lies invisibly over what the page shows. */
export const picker: BaseTag = {
  control: true,
  properties: {
    mode: String,
    range: Array,
    rangeKey: String,
    value: null,
    start: String,
    end: String,
    fields: String,
    disabled: Boolean,
    name: String,
    headerText: String,
  },
  setup: (element) => {
    const { el, data, emit } = element
    const document = el.ownerDocument
    let native: Native = document.createElement('select')
    el.append(native)
    const read = () => (native.localName === 'select' ? Number(native.value) : native.value)
    const fill = () => {
      const mode = String(data.mode || 'selector')
      const fresh: Native =
        mode === 'date' || mode === 'time'
          ? Object.assign(document.createElement('input'), { type: mode })
          : document.createElement('select')
      if (fresh.localName === 'select') {
        const key = String(data.rangeKey ?? '')
        for (const [index, item] of ((data.range as unknown[]) ?? []).entries()) {
          const option = document.createElement('option')
          option.value = String(index)
          option.textContent = String(key ? (item as Record<string, unknown>)[key] : item)
          fresh.append(option)
        }
      }
      // The names that a screen reader hears stay when another control takes the place.
      for (const { name, value } of [...native.attributes]) {
        if (name.startsWith('aria-')) fresh.setAttribute(name, value)
      }
      if (fresh.localName === 'input') {
        for (const [bound, day] of Object.entries({ min: data.start, max: data.end })) {
          if (day) fresh.setAttribute(bound, String(day))
        }
      }
      fresh.value = String(data.value ?? 0)
      fresh.disabled = data.disabled === true
      quiet(fresh)
      listen(fresh, ['change'], () => emit('change', { value: read() }))
      native.remove()
      native = fresh
      el.append(native)
    }
    registerControl(el, {
      name: () => String(data.name ?? ''),
      value: read,
      activate: () => native.focus(),
      reset: () => {
        native.value = ''
      },
    })
    return {
      mode: fill,
      range: fill,
      rangeKey: fill,
      value: fill,
      disabled: fill,
      start: fill,
      end: fill,
    }
  },
}
