import { useState } from 'react'
import { RefusedError } from '../api.js'
import { inWords } from '../refusals.js'
import { usePreferences } from '../preferences.js'

/** Runs a button of the control panel and says what came of it. */
export const useAction = () => {
  const { words } = usePreferences()
  const [message, setMessage] = useState('')
  const act = (work: () => Promise<unknown>, done: string) => () => {
    work().then(
      () => setMessage(done),
      (error: unknown) => {
        const why = error instanceof RefusedError ? inWords(error.message, words) : String(error)
        setMessage(`${words.failed}: ${why}`)
      },
    )
  }
  return { message, act }
}

export type Act = ReturnType<typeof useAction>['act']
