import { hasWords, submitDraft, type Draft } from '@sealcard/client'
import { useEffect, useMemo, useRef, useState } from 'react'
import { useServices } from '../../services'
import { personDrafts } from './person-drafts'

/** Long enough not to write at every stroke, short enough to lose next to nothing. */
const SAVE_AFTER_MS = 400

/** The draft of this person in this browser: it outlives failure, leaving the page and the end of the process. */
export const useDraft = (viewerId: string) => {
  const { client, departure, newKey, now, storage } = useServices()
  const store = useMemo(() => personDrafts(storage, viewerId, now), [storage, viewerId, now])
  const [draft, setDraft] = useState<Draft>(() => store.read())
  /** What is written was there when the page opened. */
  const [restored, setRestored] = useState(() => hasWords(draft))
  // A press may come before the change of the one before it is drawn: what is checked and sent is what was entered.
  const latest = useRef({ draft, done: false })

  useEffect(() => {
    const save = () => {
      // Nor after the person left, which another page of this browser may have done.
      if (!latest.current.done && !departure.read()) store.write(latest.current.draft)
    }
    const timer = setTimeout(save, SAVE_AFTER_MS)
    // A page in the background may be ended without a word.
    document.addEventListener('visibilitychange', save)
    window.addEventListener('pagehide', save)
    return () => {
      clearTimeout(timer)
      document.removeEventListener('visibilitychange', save)
      window.removeEventListener('pagehide', save)
      save()
    }
  }, [departure, draft, store])

  const change = (part: Partial<Draft>) => {
    latest.current.draft = { ...latest.current.draft, ...part }
    setDraft(latest.current.draft)
  }

  /** Takes what is written away; the settings of the last card stay. */
  const clear = () => {
    store.clear()
    latest.current.draft = store.read()
    setDraft(latest.current.draft)
    setRestored(false)
  }

  const submit = async () => {
    const card = await submitDraft({ draft: latest.current.draft, store, client, now, newKey })
    // The store is empty now; leaving this page must not fill it again.
    latest.current.done = true
    return card
  }

  return { draft, change, current: () => latest.current.draft, submit, clear, restored }
}
