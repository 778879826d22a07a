import { isName, nameTrouble } from '@sealcard/client'
import type { Me } from '@sealcard/protocol'
import { useCallback, useEffect, useRef, useState } from 'react'
import { services } from '../../services'
import { NAME_ANSWERED } from '../name/use-name-ask'

type Step = 'idle' | 'saving' | 'saved' | 'removed' | 'wrong' | 'refused' | 'failed'

/** Who the person is to others, and what they want to be called. */
export const useOwnName = () => {
  const [me, setMe] = useState<Me | null>(null)
  const [error, setError] = useState<unknown>(null)
  const [step, setStep] = useState<Step>('idle')
  const typed = useRef('')

  const load = useCallback(async () => {
    setError(null)
    try {
      const loaded = await services().client.getMe()
      typed.current = loaded.name ?? ''
      setMe(loaded)
    } catch (failure) {
      setError(failure)
    }
  }, [])
  useEffect(() => void load(), [load])

  const rename = async (name: string | null) => {
    setStep('saving')
    try {
      setMe(await services().client.rename(name))
      // The other pages need not ask any more.
      services().storage.set(NAME_ANSWERED, '1')
      setStep(name === null ? 'removed' : 'saved')
    } catch (failure) {
      const trouble = nameTrouble(failure)
      setStep(trouble === 'gone' ? 'idle' : trouble)
      if (trouble === 'gone') void load()
    }
  }

  return {
    me,
    error,
    step,
    load,
    write(value: string) {
      typed.current = value
      if (step !== 'idle' && step !== 'saving') setStep('idle')
    },
    async save() {
      if (isName(typed.current)) await rename(typed.current.trim())
      else setStep('wrong')
    },
    remove: () => rename(null),
    /** WeChat's review comes a moment after the field was left; the name may be saved by then. */
    async refuse() {
      if (step === 'saved') await rename(null)
      setStep('refused')
    },
  }
}
