/** Between a page's frame and the desk around it. */
interface Place {
  document: string
  address: string
  title: string
}

export type FromPage = Place &
  (
    | { kind: 'loaded' }
    | { kind: 'invoke'; call: number; api: string; args: Record<string, unknown> }
    /** The page has no listener for this event of the menu. */
    | { kind: 'unheard'; name: string }
  )

export type FromDesk =
  { kind: 'answer'; call: number; answer: object } | { kind: 'event'; name: string }
