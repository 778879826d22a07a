import { isName, nameTrouble } from '@sealcard/client'
import type { Me } from '@sealcard/protocol'
import { useCallback, useEffect, useState } from 'react'
import { useServices } from '../../services'

type Step = 'idle' | 'saving' | 'saved' | 'removed' | 'wrong' | 'failed'

/** Who the person is to others, and what they want to be called. */
export const useOwnName = () => {
  const { client } = useServices()
  const [me, setMe] = useState<Me | null>(null)
  const [error, setError] = useState<unknown>(null)
  const [step, setStep] = useState<Step>('idle')
  const [typed, setTyped] = useState('')

  const take = useCallback((next: Me) => {
    setMe(next)
    setTyped(next.name ?? '')
  }, [])
  const load = useCallback(async () => {
    setError(null)
    try {
      take(await client.getMe())
    } catch (failure) {
      setError(failure)
    }
  }, [client, take])
  useEffect(() => void load(), [load])

  const rename = async (name: string | null) => {
    setStep('saving')
    try {
      take(await client.rename(name))
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
    typed,
    load,
    write(value: string) {
      setTyped(value)
      setStep('idle')
    },
    async save() {
      if (isName(typed)) await rename(typed.trim())
      else setStep('wrong')
    },
    remove: () => rename(null),
  }
}
