import { TextDecoder, TextEncoder } from 'node:util'

// What antd needs and jsdom lacks.
const media = (query: string): MediaQueryList =>
  ({
    matches: false,
    media: query,
    onchange: null,
    addEventListener: () => undefined,
    removeEventListener: () => undefined,
    dispatchEvent: () => false,
  }) as unknown as MediaQueryList

// Of jsdom's own realm there is none.
Object.assign(globalThis, { TextDecoder, TextEncoder })

if (typeof window !== 'undefined') {
  window.matchMedia = media
  class NoResizes {
    observe() {}
    unobserve() {}
    disconnect() {}
  }
  window.ResizeObserver = NoResizes
  // jsdom weighs every rule of antd's style sheets for every element that a role is asked of: minutes for a page. What a
  // test sees is hidden by an attribute or by a style of its own.
  window.getComputedStyle = (element) => {
    const { style } = document.createElement('div')
    style.cssText = element.getAttribute('style') ?? ''
    if (element.hasAttribute('hidden')) style.display = 'none'
    style.display ||= 'block'
    style.visibility ||= 'visible'
    return style
  }
}
