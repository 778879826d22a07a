import { useCallback, useEffect, useRef, useState } from 'react'
import type { EnterOptions, OpenCall, PhoneView } from '../../../src/contract.js'
import type { HostEntry } from '../../host/main.js'
import type { Host, PageChrome, ShareRequest, Theme } from '../../host/shell.js'
import { api, networkPort } from '../api.js'

export interface MiniProgramState {
  /** The frame exists: launched and not quit. */
  alive: boolean
  shown: boolean
  chrome: PageChrome | null
  share: ShareRequest | null
  errors: string[]
  /** There is no compiled package to run. */
  missing: boolean
  /** Counts cold starts: each has a frame of its own. */
  runs: number
}

const initial: MiniProgramState = {
  alive: false,
  shown: false,
  chrome: null,
  share: null,
  errors: [],
  missing: false,
  runs: 0,
}

type FrameWindow = Window & { sealcardPhone?: HostEntry; __WEAPP_PACKAGE__?: unknown }

/** Runs the mini-program of one phone in a frame: cold start, warm start, hiding and quitting. */
export const useMiniProgram = (
  phone: PhoneView | null,
  app: { appid: string; name: string },
  { theme, language, now }: { theme: Theme; language: PhoneView['language']; now: () => number },
) => {
  const [state, setState] = useState(initial)
  const host = useRef<Host | null>(null)
  const pending = useRef<EnterOptions | null>(null)
  const patch = useCallback(
    (change: Partial<MiniProgramState>) => setState((before) => ({ ...before, ...change })),
    [],
  )
  const id = phone?.id

  const hide = useCallback(() => {
    host.current?.hide()
    patch({ shown: false, share: null })
  }, [patch])

  const open = useCallback(
    async (call: OpenCall) => {
      if (id === undefined) return
      // What the platform remembers of a mini-program that ran in another page of this browser died with that page.
      if (!host.current) await api.close(id)
      const enter = await api.open(id, call)
      if (host.current) {
        patch({ shown: true })
        host.current.show(enter)
        return
      }
      pending.current = enter
      setState(({ runs }) => ({ ...initial, alive: true, shown: true, runs: runs + 1 }))
    },
    [id, patch],
  )

  /** The frame has loaded: start the host in it. */
  const loaded = useCallback(
    (frame: HTMLIFrameElement) => {
      const inner: FrameWindow | null = frame.contentWindow
      const enter = pending.current
      if (!inner || !phone || !enter) return
      pending.current = null
      if (!inner.sealcardPhone || !inner.__WEAPP_PACKAGE__) {
        patch({ missing: true })
        return
      }
      inner.document.documentElement.dataset.client = phone.client
      host.current = inner.sealcardPhone.start({
        phone: { ...phone, language },
        app,
        assetsBase: '/weapp/assets/',
        transport: inner.sealcardPhone.httpTransport('', phone.id, networkPort),
        theme,
        now,
        shell: {
          chromeChanged: (chrome) => patch({ chrome }),
          shareRequested: (share) => {
            host.current?.hide()
            patch({ share })
          },
          exitRequested: hide,
          failed: (message) =>
            setState((before) => ({ ...before, errors: [...before.errors, message].slice(-5) })),
        },
      })
      host.current.launch(enter)
    },
    [phone, app, theme, language, now, patch, hide],
  )

  /** The share sheet is gone, whether something was sent or not. */
  const shareDone = useCallback(() => {
    patch({ share: null })
    host.current?.show()
  }, [patch])

  const quit = useCallback(async () => {
    host.current?.hide()
    host.current = null
    setState(({ runs }) => ({ ...initial, runs }))
    if (id !== undefined) await api.close(id)
  }, [id])

  useEffect(() => host.current?.setTheme(theme), [theme])

  return { state, host, open, hide, quit, loaded, shareDone }
}

export type MiniProgram = ReturnType<typeof useMiniProgram>
