import { filterOptions, noFilter, SEARCH_AFTER_MS, type CardFilter } from '@sealcard/client'
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
    const next = filterOptions(entered)
    const ask = () => {
      // The same question is not asked again: a blank more is nothing new.
      setAsked((before) => (before.q === next.q && before.status === next.status ? before : next))
    }
    const timer = setTimeout(ask, SEARCH_AFTER_MS)
    return () => {
      clearTimeout(timer)
    }
  }, [entered])

  const change = (part: Partial<CardFilter>) => {
    const next = { ...entered, ...part }
    setEntered(next)
    if (part.text === undefined) setAsked(filterOptions(next))
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
