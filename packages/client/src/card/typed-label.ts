import { labelOf } from './share-label.js'

/** After the last key, ms: a label is asked for once. */
export const LABEL_AFTER_MS = 600

export interface TypedLabelOptions {
  now: () => number
  wait: (ms: number) => Promise<void>
}

export interface TypedLabel {
  /** A key was pressed. @returns whether another share has to be prepared: none waits for the end of the typing */
  type(text: string): boolean
  /** The label, once the typing has paused. */
  settled(): Promise<string | undefined>
}

/** The label that a person types while the page shares: each share has one label, and no half-typed one. */
export const createTypedLabel = ({ now, wait }: TypedLabelOptions): TypedLabel => {
  let text = ''
  let until = -Infinity
  let waiting = 0
  return {
    type(typed) {
      text = typed
      until = now() + LABEL_AFTER_MS
      return waiting === 0
    },
    async settled() {
      waiting++
      try {
        for (let left = until - now(); left > 0; left = until - now()) {
          // Never longer than one pause, whichever way the clock went.
          if (left > LABEL_AFTER_MS) break
          await wait(left)
        }
      } finally {
        waiting--
      }
      return labelOf(text)
    },
  }
}
