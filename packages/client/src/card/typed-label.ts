import { labelOf } from './share-label.js'

/** After the last key, ms: a label is asked for once. */
export const LABEL_AFTER_MS = 600

export interface TypedLabel {
  /** A key was pressed. @returns whether another share has to be prepared: none waits for the end of the typing */
  type(text: string): boolean
  /** The label, once the typing has paused. */
  settled(): Promise<string | undefined>
}

/** The label that a person types while the page shares: each share has one label, and no half-typed one. */
export const createTypedLabel = (wait: (ms: number) => Promise<void>): TypedLabel => {
  let text = ''
  let pause = Promise.resolve()
  let waiting = 0
  return {
    type(typed) {
      text = typed
      pause = wait(LABEL_AFTER_MS)
      return waiting === 0
    },
    async settled() {
      waiting++
      for (let seen; seen !== pause;) {
        seen = pause
        await seen
      }
      waiting--
      return labelOf(text)
    },
  }
}
