/** How many lines a list draws at most: a phone stays smooth, however many cards there are. */
export const SHEET = 100

export interface Sheet<T> {
  /** Counted from 0. */
  number: number
  items: readonly T[]
  /** Where its first item stands among all, from 1. */
  from: number
  to: number
  hasBefore: boolean
  /** More than this sheet is loaded, or could be. */
  hasAfter: boolean
  /** The sheet has room, and there is more to load into it. */
  hasRoom: boolean
}

/** The part of a list that is drawn. A sheet that is not there any more is the last that is. */
export const sheetOf = <T>(items: readonly T[], wanted: number, more: boolean): Sheet<T> => {
  const full = Math.floor(items.length / SHEET)
  const last = Math.max(0, items.length % SHEET > 0 || more ? full : full - 1)
  const number = Math.min(wanted, last)
  const start = number * SHEET
  const shown = items.slice(start, start + SHEET)
  return {
    number,
    items: shown,
    from: start + 1,
    to: start + shown.length,
    hasBefore: number > 0,
    hasAfter: shown.length === SHEET && (items.length > start + SHEET || more),
    hasRoom: shown.length < SHEET && more,
  }
}
