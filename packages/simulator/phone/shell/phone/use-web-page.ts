import { useCallback, useEffect, useRef, useState } from 'react'
import type { PhoneView, WebCall, WebPageView, WebShareCall } from '../../../src/contract.js'
import type { FromDesk, FromPage } from '../../bridge/messages.js'
import { api } from '../api.js'

/** What the person has to confirm before the page gets its answer. */
export interface WebShareRequest {
  title: string
  private: boolean
  call: Omit<WebShareCall, 'chat'>
  answer: (result: 'ok' | 'cancel') => void
}

export interface WebPageState {
  page: (WebPageView & { frame: string }) | null
  title: string
  document: string
  /** What the page hid of the menu. */
  hidden: string[]
  menuHidden: boolean
  share: WebShareRequest | null
  /** Counts reloads: each has a frame of its own. */
  loads: number
}

const closed: WebPageState = {
  page: null,
  title: '',
  document: '',
  hidden: [],
  menuHidden: false,
  share: null,
  loads: 0,
}

const FORWARD = 'menu:share:appmessage'

const list = (args: Record<string, unknown>): string[] => {
  const items = args['menuList']
  return Array.isArray(items) ? items.map(String) : []
}

/** The web page (H5) of one phone: it runs in a frame, and its bridge ends here. */
export const useWebPage = (phone: PhoneView) => {
  const [state, setState] = useState(closed)
  const frame = useRef<HTMLIFrameElement | null>(null)
  const last = useRef<FromPage | null>(null)
  const queue = useRef<Promise<unknown>>(Promise.resolve())
  const current = useRef<WebPageState['page']>(null)
  const patch = useCallback(
    (change: Partial<WebPageState>) => setState((before) => ({ ...before, ...change })),
    [],
  )
  const { id } = phone

  const open = useCallback(
    async (call: WebCall) => {
      const page = await api.openWeb(id, call)
      const { protocol, port } = window.location
      const host = port === '' ? page.host : `${page.host}:${port}`
      current.current = { ...page, frame: `${protocol}//${host}` }
      setState({ ...closed, page: current.current })
    },
    [id],
  )

  const close = useCallback(() => {
    current.current = null
    setState(closed)
    void api.closeWeb(id)
  }, [id])

  const send = useCallback((message: FromDesk) => {
    frame.current?.contentWindow?.postMessage({ sealcardDesk: message }, '*')
  }, [])

  /** What the client itself does when the page asked for it, and was allowed to. */
  const applied = useCallback(
    (name: string, args: Record<string, unknown>) => {
      if (name === 'closeWindow') close()
      if (name === 'hideOptionMenu') patch({ menuHidden: true })
      if (name === 'showOptionMenu') patch({ menuHidden: false })
      if (name === 'hideMenuItems' || name === 'hideChatAttachmentMenu') {
        setState((before) => ({ ...before, hidden: [...before.hidden, ...list(args)] }))
      }
      if (name === 'showMenuItems') {
        const shown = list(args)
        setState((before) => ({
          ...before,
          hidden: before.hidden.filter((item) => !shown.includes(item)),
        }))
      }
    },
    [close, patch],
  )

  const invoke = useCallback(
    async (message: Extract<FromPage, { kind: 'invoke' }>) => {
      const { call, api: name, args, document, address } = message
      const view = current.current?.view
      if (view === undefined) return
      const asked = { view, document, address, args }
      const answer = await api.bridge(id, name, asked)
      if (!('ask' in answer)) {
        applied(name, answer.err_msg.endsWith(':ok') ? args : {})
        send({ kind: 'answer', call, answer })
        return
      }
      const share = answer.ask as { title: string; private: boolean }
      patch({
        share: {
          title: share.title,
          private: share.private,
          call: { ...asked, api: name as WebShareCall['api'] },
          answer: (result) => {
            send({ kind: 'answer', call, answer: { err_msg: `${name}:${result}` } })
          },
        },
      })
    },
    [id, applied, patch, send],
  )

  useEffect(() => {
    const onMessage = ({ source, data }: MessageEvent) => {
      const message = (data as { sealcardBridge?: FromPage } | null)?.sealcardBridge
      if (!message || source !== frame.current?.contentWindow) return
      last.current = message
      if (message.kind === 'loaded') {
        setState((before) => ({
          ...before,
          title: message.title,
          // Another document hides nothing yet.
          ...(before.document === message.document ? {} : { hidden: [], menuHidden: false }),
          document: message.document,
        }))
      } else if (message.kind === 'invoke') {
        // In order, as a page asks.
        queue.current = queue.current.then(() => invoke(message)).catch(() => undefined)
      } else if (message.name === FORWARD && current.current) {
        const { document, address, title } = message
        const call = { view: current.current.view, document, address, args: { title } }
        patch({
          share: { title, private: false, call: { ...call, api: 'menu' }, answer: () => undefined },
        })
      }
    }
    window.addEventListener('message', onMessage)
    return () => window.removeEventListener('message', onMessage)
  }, [invoke, patch])

  const reload = useCallback(
    () => setState(({ page, loads }) => ({ ...closed, page, loads: loads + 1 })),
    [],
  )
  const forward = useCallback(() => send({ kind: 'event', name: FORWARD }), [send])
  const shareDone = useCallback((result: 'ok' | 'cancel') => {
    setState((before) => {
      before.share?.answer(result)
      return { ...before, share: null }
    })
  }, [])

  return { state, frame, last, open, close, reload, forward, shareDone }
}

export type WebPageRun = ReturnType<typeof useWebPage>
