import { createTypedLabel, labelOf, type Shared, sharedLog } from '@sealcard/client'
import { usePrivateShare } from '@sealcard/kit/react'
import type { CardStatus } from '@sealcard/protocol'
import { useEffect, useMemo, useRef, useState } from 'react'
import { now } from '../../adapters/clock'
import { page } from '../../adapters/page'
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
  const { client, platform, storage } = services()
  const log = useMemo(() => sharedLog(storage, now), [storage])
  const [shared, setShared] = useState<Shared | null>(() => log.last(cardId))
  const typed = useRef('')
  const label = useRef(createTypedLabel(wait)).current
  const { state, change, retry, stop } = usePrivateShare({
    page,
    platform,
    client,
    cardId,
    label: () => label.settled(),
    fallback: { title: t('app.name'), path: routes.index },
    imageUrl: shareImage,
    now,
    onTap: () => {
      log.note(cardId, labelOf(typed.current))
      setShared(log.last(cardId))
    },
  })

  // A card that had expired is extended: it can be shared again.
  const before = useRef(status)
  const latestRetry = useRef(retry)
  latestRetry.current = retry
  useEffect(() => {
    if (before.current === 'expired' && status === 'active') latestRetry.current()
    before.current = status
  }, [status])

  return {
    state,
    shared,
    setLabel: (text: string) => {
      typed.current = text
      if (label.type(text)) change()
    },
    retry,
    stop,
    forget: () => log.forget(cardId),
  }
}
