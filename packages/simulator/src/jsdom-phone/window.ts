import vm from 'node:vm'

/** Not jsdom's own type: a declaration that named jsdom would ask every adopter for its types. */
export type PhoneWindow = Window & typeof globalThis

const html = `<!doctype html><html lang="zh-CN"><head></head><body></body></html>`

const scripts = new Map<string, vm.Script>()

/** Every phone of a test run has the same two scripts: compiled once. */
const compiled = (code: string, filename: string): vm.Script => {
  const script = scripts.get(code) ?? new vm.Script(code, { filename })
  scripts.set(code, script)
  return script
}

/** A window for one phone. jsdom is a test dependency, so it is only looked for here. */
export const openWindow = async (url: string, fail: (message: string) => void) => {
  const { JSDOM, VirtualConsole } = await import('jsdom').catch(() => {
    throw new Error('openJsdomPhone needs the package jsdom: npm install --save-dev jsdom')
  })
  const virtualConsole = new VirtualConsole()
  virtualConsole.on('jsdomError', (error: Error) => {
    if (!error.message.startsWith('Not implemented')) fail(error.message)
  })
  const dom = new JSDOM(html, {
    runScripts: 'outside-only',
    pretendToBeVisual: true,
    url,
    virtualConsole,
  })
  const context = dom.getInternalVMContext()
  const run = (code: string, filename: string): unknown =>
    compiled(code, filename).runInContext(context)
  return { window: dom.window as unknown as PhoneWindow, run }
}

const mouse = (window: PhoneWindow, el: Element, type: string): void => {
  const event = new window.MouseEvent(type, {
    bubbles: true,
    cancelable: true,
    composed: true,
    clientX: 5,
    clientY: 5,
  })
  el.dispatchEvent(event)
}

/** What a finger does: glass-easel makes its tap of the first two, native controls act on the click. */
export const press = (window: PhoneWindow, el: Element): void => {
  for (const type of ['mousedown', 'mouseup', 'click']) mouse(window, el, type)
}

/** Through the element's own setter, so that the value tracker sees a person typing. */
export const type = (window: PhoneWindow, el: HTMLInputElement, text: string): void => {
  const prototype =
    el.tagName === 'TEXTAREA'
      ? window.HTMLTextAreaElement.prototype
      : window.HTMLInputElement.prototype
  const max = el.maxLength >= 0 ? text.slice(0, el.maxLength) : text
  Object.getOwnPropertyDescriptor(prototype, 'value')?.set?.call(el, max)
  el.dispatchEvent(new window.Event('input', { bubbles: true }))
  // Who picks a date or a time has chosen it at once.
  if (/^(date|time)$/.test(el.type)) el.dispatchEvent(new window.Event('change', { bubbles: true }))
}
