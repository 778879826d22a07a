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
  const { getComputedStyle } = window
  // jsdom reads no pseudo elements, and says so on every scroll bar that antd measures.
  window.getComputedStyle = (element) => getComputedStyle(element)
}
