import { createTypedLabel, labelOf, sharedLog, type Shared } from '@sealcard/client'
import {
  createDeclareShare,
  type DeclareShare,
  type DeclareState,
  type WebShareContent,
} from '@sealcard/kit'
import type { CardStatus, Share } from '@sealcard/protocol'
import { useEffect, useMemo, useRef, useState } from 'react'
import { useServices, useWords } from '../../services'
import { useBack } from '../../use-page'
import { personStorage } from '../write/person-drafts'

/** How the last sending ended; null: none, or the person thought better of it. */
export type Sending = 'sending' | 'sent' | 'failed' | null

const IMAGE = '/h5/card.png'
/** Entries of a chat: the page can send to that very chat. */
const CHAT_ENTRY = /^(chat_attachment|single_chat_tools|group_chat_tools|single_kf_tools)$/

const wait = (ms: number) =>
  new Promise<void>((resolve) => {
    setTimeout(resolve, ms)
  })

/**
 * Keeps a card's share declared while its page shows. Sends it by the page's button, by the client's menu, or to the
 * chat that the page was opened from. Each label is a share of its own.
 */
export const useShare = (cardId: string, viewerId: string, status: CardStatus | undefined) => {
  const { client, now, place, platform, storage } = useServices()
  const { t, w } = useWords()
  const [state, setState] = useState<DeclareState>({ step: 'preparing' })
  const [sending, setSending] = useState<Sending>(null)
  const [inChat, setInChat] = useState(false)
  const [showTitle, setShowTitle] = useState(false)
  const made = useRef<DeclareShare | null>(null)
  const log = useMemo(
    () => sharedLog(personStorage(storage, viewerId), now),
    [storage, viewerId, now],
  )
  const [shared, setShared] = useState<Shared | null>(() => log.last(cardId))
  const [label, setLabel] = useState('')
  const typed = useMemo(() => createTypedLabel(wait), [])

  useEffect(() => {
    const share = createDeclareShare({
      platform,
      prepare: async () => {
        const given = await typed.settled()
        return client.createShare(cardId, given === undefined ? {} : { label: given })
      },
      renewSession: () => client.renewSession(),
      fallback: { title: t('app.name'), path: '/h5/' },
      now,
      onChange: setState,
    })
    made.current = share
    void share.show()
    return () => {
      share.leave()
      made.current = null
    }
  }, [cardId, client, now, platform, t, typed])
  useBack(() => void made.current?.show())

  // A card that had expired is extended: it can be shared again.
  const before = useRef(status)
  useEffect(() => {
    if (before.current === 'expired' && status === 'active') void made.current?.retry()
    before.current = status
  }, [status])

  useEffect(() => {
    if (place !== 'wecom' || platform.capabilities.share) return
    platform.entry().then(
      (entry) => {
        setInChat(CHAT_ENTRY.test(entry ?? ''))
        // The client's own button would send this page as it is, and not the card.
        if (entry === 'chat_attachment') void platform.hideSend()
      },
      () => undefined,
    )
  }, [place, platform])

  // What the menu forwards has to be known before the tap. Away from a declared card it is the way to the first page.
  useEffect(() => {
    if (platform.capabilities.share) return
    const offer = (content: WebShareContent) => {
      platform.offerInMenu(content).catch(() => undefined)
    }
    const fallback = contentOf(`${window.location.origin}/h5/`, t('app.name'), '')
    offer(
      state.step === 'ready'
        ? cardContent(state.share, showTitle, w('share.card-title'), w('share.card-text'))
        : fallback,
    )
    return () => {
      offer(fallback)
    }
  }, [platform, showTitle, state, t, w])

  const send = async (to: 'chosen' | 'this') => {
    if (state.step !== 'ready' || sending === 'sending') return
    const content = cardContent(state.share, showTitle, w('share.card-title'), w('share.card-text'))
    setSending('sending')
    try {
      const done = await (to === 'this' ? platform.sendToChat(content) : platform.share(content))
      setSending(done === 'sent' ? 'sent' : null)
      if (done === 'sent') {
        log.note(cardId, labelOf(label))
        setShared(log.last(cardId))
      }
    } catch {
      setSending('failed')
    }
  }

  return {
    state,
    shared,
    label,
    setLabel: (text: string) => {
      setLabel(text)
      setSending(null)
      if (typed.type(text)) void made.current?.change()
    },
    forget: () => {
      log.forget(cardId)
    },
    sending,
    inChat,
    showTitle,
    setShowTitle,
    send,
    retry: () => void made.current?.retry(),
    stop: () => {
      made.current?.leave()
      setState({ step: 'preparing' })
    },
  }
}

const contentOf = (link: string, title: string, desc: string): WebShareContent => ({
  title,
  desc,
  link,
  imgUrl: window.location.origin + IMAGE,
})

/** Everybody in the chat reads it, before any proof: the card's title only where the sender wants it there. */
const cardContent = (share: Share, showTitle: boolean, title: string, text: string) =>
  contentOf(
    share.h5Url ?? `${window.location.origin}/h5/o?s=${encodeURIComponent(share.id)}`,
    showTitle ? share.title : title,
    text,
  )
