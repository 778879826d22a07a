import { callWw, FIRST_CALL_TIMEOUT_MS, PERSON_TIMEOUT_MS } from './call-ww.js'
import { CALL_TIMEOUT_MS } from './call-wx.js'
import { isUnexplained, isWwResult, toWebError } from './judge-web-failure.js'
import { PlatformError } from './platform-error.js'
import type { Obstacle, SharePlatform } from './platform.js'
import { serial } from './serial.js'
import { atLeast } from './version.js'
import { registration } from './ww-registration.js'
import type { WebPage, WebShareContent, WebSignatures, WwLike } from './ww-types.js'

/** Private messages came with this WeCom. */
const MIN_WECOM = '3.1.8'

/** All that could make a copy that is no private card. A copied link opens nothing: hiding is comfort. */
const FORWARDING = [
  'menuItem:share:appMessage',
  'menuItem:share:wechat',
  'menuItem:favorite',
  'menuItem:copyUrl',
  'menuItem:openWithSafari',
  'menuItem:share:email',
]

export interface WecomWebOptions {
  /** `window`. */
  page: WebPage
  /** Asks the BFF for the signatures of this address (`POST /v1/h5/signatures`); asked again after a refusal. */
  sign(url: string): Promise<WebSignatures>
  /** Leaves the page for the BFF's login (`/h5/login?app=…&to=…`). The code never comes to a script of the page. */
  logIn(): void
  /** The page came back out of the browser's memory, perhaps from another card: ask for the ticket again. */
  onReturn?: () => void
  /** The address changed, and the platform did not take the declaration again: switch sharing off. */
  onUndeclared?: (error: PlatformError) => void
}

/** Private cards in a web page inside WeCom. What only a page can do comes on top of the port. */
export interface WecomWebPlatform extends SharePlatform {
  /** What opened the page: `normal`, `chat_attachment` and others; null: not said. */
  entry(): Promise<string | null>
  /** The page's own button. Resolves after the person sent it, or thought better of it, which is no error. */
  share(content: WebShareContent): Promise<'sent' | 'cancelled'>
  /** Sends to the chat whose toolbar or attachment bar opened the page. */
  sendToChat(content: WebShareContent): Promise<'sent' | 'cancelled'>
  /** What the menu's "forward" sends. Call it before the tap; the last one counts. */
  offerInMenu(content: WebShareContent): Promise<void>
  /** For the page of an opener. Resolves with whether the client did it. */
  hideForwarding(): Promise<boolean>
  /** In the attachment bar: hides the client's own "send", which sends the page as it is. Whether it did. */
  hideSend(): Promise<boolean>
  /** Call it after `history.pushState` or `replaceState`, which send no event. */
  moved(): Promise<void>
}

/** Private cards by WeCom's JS-SDK in a web page. Make it once per page: it keeps the declarations in order. */
export const createWecomWebPlatform = (ww: WwLike, options: WecomWebOptions): WecomWebPlatform => {
  const { page, onReturn, onUndeclared } = options
  const obstacle = obstacleOf(ww, page)
  const register = registration(ww, (url) => options.sign(url))
  const address = () => page.location.href.split('#')[0] ?? ''
  const inOrder = serial()
  const menu: Partial<WebShareContent> = {}
  let answered = false
  let menuOffered = false
  let wanted: string | null = null
  /** The address at which `wanted` is in force. */
  let declaredAt: string | null = null

  /** Outside WeCom no call is made at all: it would stay pending for ever. */
  const ask = async <R>(api: string, run: () => Promise<R>, ms?: number): Promise<R> => {
    if (obstacle) throw new PlatformError('unsupported', api, { errMsg: `${api}:fail ${obstacle}` })
    const url = address()
    const once = async () => {
      await callWw(api, () => register(url), CALL_TIMEOUT_MS)
      const result = await callWw(
        api,
        run,
        ms ?? (answered ? CALL_TIMEOUT_MS : FIRST_CALL_TIMEOUT_MS),
      )
      answered = true
      return result
    }
    // The SDK breaks off a handshake whose address is gone, and signs the new one when asked again.
    return once().catch((error: unknown) => {
      if (isWwResult(error) || address() === url) throw error
      return once()
    })
  }

  const isMissing = (name: string) =>
    callWw(name, () => ww.checkJsApi({ jsApiList: [name] }), CALL_TIMEOUT_MS).then(
      ({ checkResult }) => checkResult?.[name] === false,
      () => false,
    )

  const call = async <R>(
    api: string,
    run: () => Promise<R>,
    { ms, denies = false }: { ms?: number; denies?: boolean } = {},
  ): Promise<R> => {
    try {
      return await ask(api, run, ms)
    } catch (error) {
      if (isUnexplained(error) && (await isMissing(api))) {
        throw new PlatformError('unsupported', api, { errMsg: `${api}:fail not supported` })
      }
      throw toWebError(api, error, denies)
    }
  }

  const setState = async (state: string) => {
    declaredAt = null
    const url = address()
    await call('setShareAttr', () => ww.setShareAttr({ withShareTicket: true, state }))
    wanted = state
    declaredAt = url
  }

  /** Whether the attribute survives another address is not known, so it is declared again. */
  const declareAgain = (always: boolean) =>
    inOrder(async () => {
      if (wanted === null || (!always && declaredAt === address())) return
      await setState(wanted)
    })

  const moved = () =>
    declareAgain(false).catch((error: unknown) => {
      onUndeclared?.(error as PlatformError)
    })

  /** @returns what the person did; the SDK has a callback of its own for one who cancels. */
  const send = async (api: string, run: (cancel: () => void) => Promise<unknown>) => {
    await declareAgain(false)
    if (wanted === null) {
      throw new PlatformError('retry', api, { errMsg: `${api}:fail nothing is declared` })
    }
    let cancelled = false as boolean
    const sending = () =>
      run(() => {
        cancelled = true
      }).catch((error: unknown) => {
        if (!cancelled) throw error
      })
    await call(api, sending, { ms: PERSON_TIMEOUT_MS })
    return cancelled ? 'cancelled' : 'sent'
  }

  const context = () => call('getContext', () => ww.getContext())

  page.addEventListener('popstate', () => void moved())
  page.addEventListener('pageshow', ({ persisted }) => {
    if (persisted !== true || obstacle) return
    declareAgain(true).catch((error: unknown) => {
      onUndeclared?.(error as PlatformError)
    })
    onReturn?.()
  })

  return {
    kind: 'wecom',
    capabilities: { share: obstacle, open: obstacle },

    login() {
      options.logIn()
      return callWw('oauth2', () => new Promise<never>(() => undefined), CALL_TIMEOUT_MS).catch(
        () => {
          throw new PlatformError('login', 'oauth2', { errMsg: 'oauth2:fail still on the page' })
        },
      )
    },

    // The key of a page's proofs is the application's ticket. No session of the platform ends under it.
    checkSession: () => Promise.resolve(!obstacle),

    declare: (declaration) =>
      inOrder(async () => {
        if (declaration.platform !== 'wecom') {
          throw new PlatformError('unsupported', 'setShareAttr', {
            errMsg: 'setShareAttr:fail not a declaration of WeCom',
          })
        }
        // Until the client took it, nothing may be sent under the state of another card.
        wanted = null
        await setState(declaration.state)
      }),

    // A page of one document stays when its view changes, and so does the attribute.
    undeclare: () =>
      inOrder(async () => {
        if (wanted === null) return
        wanted = null
        declaredAt = null
        await call('setShareAttr', () => ww.setShareAttr({ withShareTicket: false }))
      }),

    async ticket() {
      const { shareTicket } = await context()
      return shareTicket ? { shareTicket } : null
    },

    async prove({ shareTicket }) {
      const { encryptedData, iv, errMsg } = await call(
        'getShareInfo',
        () => ww.getShareInfo({ shareTicket }),
        { denies: true },
      )
      if (!encryptedData || !iv) throw new PlatformError('retry', 'getShareInfo', { errMsg })
      return { encryptedData, iv }
    },

    entry: async () => (await context()).entry ?? null,

    share: (content) =>
      send('shareAppMessage', (cancel) => ww.shareAppMessage({ ...content, cancel })),

    sendToChat: (content) =>
      send('sendChatMessage', (cancel) =>
        ww.sendChatMessage({ msgtype: 'news', news: content, cancel }),
      ),

    async offerInMenu(content) {
      // The SDK reads it at the tap: one listener, whatever is offered later.
      Object.assign(menu, content)
      if (menuOffered) return
      await call('onMenuShareAppMessage', () => {
        menuOffered = true
        ww.onMenuShareAppMessage(menu)
        return Promise.resolve()
      })
    },

    hideForwarding: () =>
      call('hideMenuItems', () => ww.hideMenuItems({ menuList: FORWARDING })).then(
        () => true,
        () => false,
      ),

    hideSend: () =>
      call('hideChatAttachmentMenu', () =>
        ww.hideChatAttachmentMenu({ menuList: ['sendMessage'] }),
      ).then(
        () => true,
        () => false,
      ),

    moved,
  }
}

const obstacleOf = (ww: WwLike, page: WebPage): Obstacle | null => {
  if (!ww.env.isWeCom) return 'not-wecom'
  const version = /wxwork\/([\d.]+)/i.exec(page.navigator.userAgent)?.[1]
  return atLeast(version, MIN_WECOM) === false ? 'client-too-old' : null
}
