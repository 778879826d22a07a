import { type Draft, draftStore, hasWords, submitDraft } from '@sealcard/client'
import { useDidHide, useUnload } from '@tarojs/taro'
import { useEffect, useMemo, useRef, useState } from 'react'
import { now } from '../../adapters/clock'
import { randomKey } from '../../adapters/random-key'
import { services } from '../../services'

/** Long enough not to write at every stroke, short enough to lose next to nothing. */
const SAVE_AFTER_MS = 400

/** The draft of this phone: it outlives failure, leaving the page and the end of the process. */
export const useDraft = () => {
  const store = useMemo(() => draftStore(services().storage, now), [])
  const [draft, setDraft] = useState<Draft>(() => store.read())
  /** What is written was there when the page opened. */
  const [restored, setRestored] = useState(() => hasWords(draft))
  const [cleared, setCleared] = useState(false)
  // A tap may come before the change of the tap before it is drawn: what is checked and sent is what was entered.
  const latest = useRef({ draft, done: false })

  const save = () => {
    // Nor after the person left.
    if (!latest.current.done && !services().departure.read()) store.write(latest.current.draft)
  }
  useDidHide(save)
  useUnload(save)
  useEffect(() => {
    const timer = setTimeout(save, SAVE_AFTER_MS)
    return () => clearTimeout(timer)
  }, [draft])

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
    setCleared(true)
  }

  const submit = async () => {
    const { client } = services()
    const card = await submitDraft({
      draft: latest.current.draft,
      store,
      client,
      now,
      newKey: randomKey,
    })
    // The store is empty now; leaving this page must not fill it again.
    latest.current.done = true
    return card
  }

  return { draft, change, current: () => latest.current.draft, submit, clear, restored, cleared }
}
