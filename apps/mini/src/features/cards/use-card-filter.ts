import {
  askedAfter,
  type CardFilter,
  filterOptions,
  noFilter,
  SEARCH_AFTER_MS,
} from '@sealcard/client'
import { useEffect, useRef, useState } from 'react'

/** The filter outlives the page: a person who comes back to the list finds it as it was. */
let remembered = noFilter

/** The person leaves: the next one must not read what this one searched for. */
export const forgetCardFilter = () => {
  remembered = noFilter
}

/** What the list is filtered by: what is entered at once, what is asked for when the typing pauses. */
export const useCardFilter = () => {
  const [entered, setEntered] = useState<CardFilter>(remembered)
  const [asked, setAsked] = useState(() => filterOptions(remembered))
  // A typed field takes a value only when it is made.
  const [made, setMade] = useState(0)
  const takeBack = useRef(() => {})
  useEffect(() => () => takeBack.current(), [])

  const ask = (filter: CardFilter) => setAsked((before) => askedAfter(before, filter))
  const change = (part: Partial<CardFilter>) => {
    remembered = { ...remembered, ...part }
    const filter = remembered
    setEntered(filter)
    takeBack.current()
    if (part.text === undefined) {
      ask(filter)
      return
    }
    const timer = setTimeout(() => ask(filter), SEARCH_AFTER_MS)
    takeBack.current = () => clearTimeout(timer)
  }
  const clear = () => {
    change(noFilter)
    takeBack.current()
    ask(noFilter)
    setMade((n) => n + 1)
  }
  return { entered, asked, made, change, clear }
}
