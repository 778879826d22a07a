import { createTypedLabel, labelOf, type Shared, sharedLog } from '@sealcard/client'
import { createDeclareShare, type DeclareState } from '@sealcard/kit'
import type { CardStatus } from '@sealcard/protocol'
import { useDidShow, useShareAppMessage, useUnload } from '@tarojs/taro'
import { useEffect, useMemo, useRef, useState } from 'react'
import { now } from '../../adapters/clock'
import shareImage from '../../assets/share.png'
import { t } from '../../i18n'
import { routes } from '../../routes'
import { services } from '../../services'

const wait = (ms: number) => new Promise<void>((resolve) => void setTimeout(resolve, ms))

/**
 * Keeps the page's share declared while it shows. What leaves at any other time is the way to the first page. Each label
 * is a share of its own. WeChat reports the tap on share, and not whether the card was sent.
 */
export const useDeclareShare = (cardId: string, status: CardStatus | undefined) => {
  const [state, setState] = useState<DeclareState>({ step: 'preparing' })
  const log = useMemo(() => sharedLog(services().storage, now), [])
  const [shared, setShared] = useState<Shared | null>(() => log.last(cardId))
  const typed = useRef('')
  const label = useRef(createTypedLabel(wait)).current
  const share = useMemo(
    () =>
      createDeclareShare({
        platform: services().platform,
        prepare: async () => {
          const given = await label.settled()
          return services().client.createShare(cardId, given === undefined ? {} : { label: given })
        },
        renewSession: () => services().client.renewSession(),
        fallback: { title: t('app.name'), path: routes.index },
        now,
        onChange: setState,
      }),
    [cardId],
  )

  // A card that had expired is extended: it can be shared again.
  const before = useRef(status)
  useEffect(() => {
    if (before.current === 'expired' && status === 'active') void share.retry()
    before.current = status
  }, [status, share])

  useDidShow(() => void share.show())
  useUnload(() => share.leave())
  useShareAppMessage(() => {
    const message = share.message()
    if (message.path !== routes.index) {
      log.note(cardId, labelOf(typed.current))
      setShared(log.last(cardId))
    }
    // Without a picture of ours the platform takes a screenshot of this page, with the card's words on it.
    return { ...message, imageUrl: shareImage }
  })

  return {
    state,
    shared,
    setLabel: (text: string) => {
      typed.current = text
      if (label.type(text)) void share.change()
    },
    retry: () => void share.retry(),
    stop: () => {
      share.leave()
    },
    forget: () => log.forget(cardId),
  }
}
