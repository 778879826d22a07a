import { askedAfter, noFilter, SEARCH_AFTER_MS, type CardFilter } from '@sealcard/client'
import type { ListCardsOptions } from '@sealcard/kit'
import { useEffect, useState } from 'react'

export interface FilterState {
  /** What the fields hold. */
  entered: CardFilter
  /** What is asked for: it follows when the typing pauses. */
  asked: ListCardsOptions
  change: (part: Partial<CardFilter>) => void
  clear: () => void
}

/** Stands above the pages, so that the filter is there again when one comes back to the list. */
export const useCardFilter = (): FilterState => {
  const [entered, setEntered] = useState(noFilter)
  const [asked, setAsked] = useState<ListCardsOptions>({})

  useEffect(() => {
    const timer = setTimeout(() => {
      setAsked((before) => askedAfter(before, entered))
    }, SEARCH_AFTER_MS)
    return () => {
      clearTimeout(timer)
    }
  }, [entered])

  const change = (part: Partial<CardFilter>) => {
    const next = { ...entered, ...part }
    setEntered(next)
    if (part.text === undefined) setAsked((before) => askedAfter(before, next))
  }
  return {
    entered,
    asked,
    change,
    clear: () => {
      setEntered(noFilter)
      setAsked({})
    },
  }
}
