/** Reading a page of the phone the way a person or a screen reader does. */

const skipped = new Set(['STYLE', 'SCRIPT', 'I'])

const hidden = (el: Element): boolean =>
  (el as HTMLElement).hidden === true || el.getAttribute('aria-hidden') === 'true'

const roleOf = (el: Element): string | null => {
  const explicit = el.getAttribute('role')
  if (explicit) return explicit
  if (el.tagName === 'BUTTON') return 'button'
  if (el.tagName === 'TEXTAREA') return 'textbox'
  if (el.tagName === 'SELECT') return 'combobox'
  if (el.tagName === 'INPUT') {
    const type = (el as HTMLInputElement).type
    return type === 'checkbox' || type === 'radio' ? type : 'textbox'
  }
  return null
}

/** Text as it would be read: blocks on lines of their own. */
export const visibleText = (el: Element): string => {
  if (hidden(el) || skipped.has(el.tagName)) return ''
  const parts: string[] = []
  for (const node of el.childNodes) {
    if (node.nodeType === 3) parts.push(node.textContent ?? '')
    else if (node.nodeType === 1) {
      const inner = visibleText(node as Element)
      const inline = /^(WX-TEXT|SPAN)$/.test((node as Element).tagName)
      parts.push(inline || inner === '' ? inner : `\n${inner}\n`)
    }
  }
  return parts
    .join('')
    .replace(/[ \t]*\n\s*/g, '\n')
    .trim()
}

export const nameOf = (el: Element): string => {
  const label = el.getAttribute('aria-label')
  if (label) return label
  const placeholder = el.getAttribute('placeholder')
  if (/^(INPUT|TEXTAREA|SELECT)$/.test(el.tagName)) {
    const around = el.closest('wx-label,label')
    return around ? visibleText(around) : (placeholder ?? '')
  }
  return visibleText(el)
}

export const isDisabled = (el: Element): boolean =>
  el.getAttribute('aria-disabled') === 'true' || el.hasAttribute('disabled')

export const walk = (root: Element, visit: (el: Element) => void): void => {
  if (hidden(root)) return
  visit(root)
  for (const child of root.children) walk(child, visit)
}

/** Pressable elements with that accessible name, else the innermost element that shows exactly that text. */
export const pressables = (root: Element, name: string): Element[] => {
  const named: Element[] = []
  const texts: Element[] = []
  walk(root, (el) => {
    const role = roleOf(el)
    if (role !== null && role !== 'textbox' && nameOf(el) === name) named.push(el)
    else if (visibleText(el) === name) texts.push(el)
  })
  return named.length > 0 ? named : texts.slice(-1)
}

export const fields = (root: Element, label: string): HTMLInputElement[] => {
  const found: Element[] = []
  walk(root, (el) => {
    if (roleOf(el) !== 'textbox' || !/^(INPUT|TEXTAREA)$/.test(el.tagName)) return
    const names = [el.getAttribute('aria-label'), el.getAttribute('placeholder'), nameOf(el)]
    if (names.includes(label)) found.push(el)
  })
  return found as HTMLInputElement[]
}

const states = (el: Element): string => {
  const input = el as HTMLInputElement
  return [
    isDisabled(el) && 'disabled',
    (input.checked || el.getAttribute('aria-checked') === 'true') && 'checked',
    el.getAttribute('aria-busy') === 'true' && 'busy',
  ]
    .filter(Boolean)
    .map((state) => ` [${String(state)}]`)
    .join('')
}

/** One line per element that has a role or holds text, indented: what a screen reader would meet. */
export const screenTree = (root: Element): string => {
  const lines: string[] = []
  const add = (el: Element, depth: number): void => {
    if (hidden(el) || skipped.has(el.tagName)) return
    const role = roleOf(el)
    let next = depth
    if (role !== null) {
      const value = role === 'textbox' ? ` = ${JSON.stringify((el as HTMLInputElement).value)}` : ''
      lines.push(`${'  '.repeat(depth)}${role} ${JSON.stringify(nameOf(el))}${value}${states(el)}`)
      if (role !== 'dialog' && role !== 'group' && role !== 'radiogroup') return
      next += 1
    } else {
      const own = [...el.childNodes].filter((node) => node.nodeType === 3)
      const text = own
        .map((node) => node.textContent)
        .join('')
        .trim()
      if (text !== '') lines.push(`${'  '.repeat(depth)}text ${JSON.stringify(text)}`)
    }
    for (const child of el.children) add(child, next)
  }
  add(root, 0)
  return lines.join('\n')
}
