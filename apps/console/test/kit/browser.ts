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

interface Port {
  onmessage: (() => void) | null
  postMessage: () => void
}

/** antd puts work off by one, without any data. */
class EmptyChannel {
  readonly port1: Port = { onmessage: null, postMessage: () => this.#deliver(this.port2) }
  readonly port2: Port = { onmessage: null, postMessage: () => this.#deliver(this.port1) }

  #deliver(port: Port): void {
    queueMicrotask(() => port.onmessage?.())
  }
}
if (typeof MessageChannel === 'undefined')
  Object.assign(globalThis, { MessageChannel: EmptyChannel })

/** The router makes one for each navigation, and only its loaders would send it. */
class UnsentRequest {
  readonly method = 'GET'
  readonly signal: AbortSignal | undefined

  constructor(
    readonly url: string,
    { signal }: { signal?: AbortSignal } = {},
  ) {
    this.signal = signal
  }
}
if (typeof Request === 'undefined') Object.assign(globalThis, { Request: UnsentRequest })

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
