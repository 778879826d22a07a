import type { FromDesk, FromPage } from './messages.js'

type Reply = (answer: object) => void
type Listener = (event: object) => void

interface Agent {
  userAgent: string
  platform: string
}
type BridgeWindow = Window &
  typeof globalThis & { __simulatorAgent__?: Agent; WeixinJSBridge?: object }

/** A client gives the page its answers as they come, text as text: nothing of the page's objects crosses. */
const plain = (value: unknown): Record<string, unknown> =>
  JSON.parse(JSON.stringify(value ?? {})) as Record<string, unknown>

const setAgent = (window: BridgeWindow): void => {
  const agent = window.__simulatorAgent__
  delete window.__simulatorAgent__
  if (!agent) return
  for (const [name, value] of Object.entries(agent)) {
    Object.defineProperty(window.navigator, name, { get: () => value as string })
  }
}

/** `invoke(name, args, callback)`, `on(name, callback)`; a later listener replaces the one before (SIM). */
export const startBridge = (window: BridgeWindow): void => {
  setAgent(window)
  const replies = new Map<number, Reply>()
  const listeners = new Map<string, Listener>()
  const desk = window.parent
  // One for each document: a client forgets what another document was allowed.
  const document = Array.from(window.crypto.getRandomValues(new Uint8Array(12)), (byte) =>
    byte.toString(16).padStart(2, '0'),
  ).join('')
  let last = 0

  const send = (message: FromPage): void => {
    desk.postMessage({ sealcardBridge: message }, '*')
  }
  const place = () => ({ document, address: window.location.href, title: window.document.title })

  window.WeixinJSBridge = {
    invoke: (api: string, args?: unknown, reply?: Reply) => {
      last += 1
      if (reply) replies.set(last, reply)
      send({ kind: 'invoke', call: last, api, args: plain(args), ...place() })
    },
    on: (name: string, listener: Listener) => {
      listeners.set(name, listener)
    },
  }

  window.addEventListener('message', ({ source, data }: MessageEvent) => {
    if (source !== desk) return
    const message = (data as { sealcardDesk?: FromDesk } | null)?.sealcardDesk
    if (!message) return
    if (message.kind === 'answer') {
      const reply = replies.get(message.call)
      replies.delete(message.call)
      reply?.(message.answer)
      return
    }
    const listener = listeners.get(message.name)
    if (listener) listener({})
    else send({ kind: 'unheard', name: message.name, ...place() })
  })
  const tell = (): void => {
    send({ kind: 'loaded', ...place() })
  }
  window.addEventListener('DOMContentLoaded', tell)
  window.addEventListener('load', tell)
  window.document.dispatchEvent(new Event('WeixinJSBridgeReady'))
}
