import { createDeclareShare, type DeclareShare, type DeclareState } from '@sealcard/kit'
import { useDidShow, useShareAppMessage, useUnload } from '@tarojs/taro'
import { useRef, useState } from 'react'
import { now } from '../../adapters/clock'
import shareImage from '../../assets/share.png'
import { t } from '../../i18n'
import { routes } from '../../routes'
import { services } from '../../services'

/** Keeps the page's share declared while it shows; what leaves at any other time is the way to the first page. */
export const useDeclareShare = (cardId: string) => {
  const [state, setState] = useState<DeclareState>({ step: 'preparing' })
  const made = useRef<DeclareShare>()
  made.current ??= createDeclareShare({
    platform: services().platform,
    prepare: () => services().client.createShare(cardId),
    renewSession: () => services().client.renewSession(),
    fallback: { title: t('app.name'), path: routes.index },
    now,
    onChange: setState,
  })
  const share = made.current

  useDidShow(() => void share.show())
  useUnload(() => share.leave())
  // Without a picture of ours the platform takes a screenshot of this page, with the card's words on it.
  useShareAppMessage(() => ({ ...share.message(), imageUrl: shareImage }))

  return { state, retry: () => void share.retry(), stop: () => share.leave() }
}
