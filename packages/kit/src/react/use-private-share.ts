import type { BffClient } from '../bff-client.js'
import {
  createDeclareShare,
  type DeclareShareOptions,
  type DeclareState,
  type ShareMessage,
} from '../declare-share.js'
import { useLatest, type SharePageHooks } from './page.js'
import { useController } from './use-controller.js'

export interface UsePrivateShareOptions extends Pick<
  DeclareShareOptions,
  'platform' | 'fallback' | 'openPath' | 'now'
> {
  /** Taro: `{ useDidShow, useUnload, useShareAppMessage }` of `@tarojs/taro`. The same in each rendering. */
  page: SharePageHooks
  client: Pick<BffClient, 'createShare' | 'renewSession'>
  cardId: string
  /** For whom it is, 1 to 32 characters. Call `change` when it is another one. */
  label?: () => string | undefined | Promise<string | undefined>
  /** A picture of yours. Without one the platform takes a screenshot of this page, with the card on it. */
  imageUrl: string
  /** The person tapped share while the card was declared. The platform does not say whether they sent it. */
  onTap?: () => void
}

export interface UsePrivateShare {
  /** Only in the step `ready` may the share button be pressed. */
  state: DeclareState
  retry: () => void
  /** The label is another one from now on. */
  change: () => void
  /** The card may not be shared any more. Final. */
  stop: () => void
}

const PREPARING: DeclareState = { step: 'preparing' }

/** Keeps a card's share declared while its page shows: `createDeclareShare` as a hook. */
export const usePrivateShare = (options: UsePrivateShareOptions): UsePrivateShare => {
  const latest = useLatest(options)
  const { state, get } = useController(
    options.page,
    options.cardId,
    (onChange: (state: DeclareState) => void) => {
      const { platform, client, cardId, fallback, openPath, now } = options
      return createDeclareShare({
        platform,
        prepare: async () => {
          const label = await latest.current.label?.()
          return client.createShare(cardId, label === undefined ? {} : { label })
        },
        renewSession: () => client.renewSession(),
        fallback,
        ...(openPath === undefined ? {} : { openPath }),
        now,
        onChange,
      })
    },
    PREPARING,
  )

  options.page.useShareAppMessage(() => {
    const { fallback, imageUrl, onTap } = latest.current
    const message: ShareMessage = get().message()
    if (message.path !== fallback.path) onTap?.()
    return { ...message, imageUrl }
  })

  return {
    state,
    retry: () => void get().retry(),
    change: () => void get().change(),
    stop: () => {
      get().leave()
    },
  }
}
