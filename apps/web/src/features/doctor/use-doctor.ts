import { BffError, PlatformError } from '@sealcard/kit'
import { useCallback, useEffect, useState } from 'react'
import { useServices, useWords } from '../../services'

export type DoctorState =
  | { step: 'asking' }
  /** Declared: the person who gets the page now can give the sample. */
  | { step: 'ready' }
  | { step: 'sent' }
  /** The doctor has the sample. */
  | { step: 'given' }
  /** No doctor waits. */
  | { step: 'closed' }
  | { step: 'failed'; error: unknown }

const IMAGE = '/h5/card.png'

const failedBy = (error: unknown): DoctorState =>
  error instanceof BffError && error.code === 'ERR_NOT_FOUND'
    ? { step: 'closed' }
    : { step: 'failed', error }

/** What `sealcard doctor h5` needs of a phone: the first declares and shares the page, the one who opens it proves it. */
export const useDoctor = (run: string) => {
  const { client, pageFacts, platform } = useServices()
  const { w } = useWords()
  const [state, setState] = useState<DoctorState>({ step: 'asking' })

  const begin = useCallback(async () => {
    setState({ step: 'asking' })
    try {
      await client.ensureSession()
      const ticket = await platform.ticket()
      if (ticket) {
        const proof = await platform.prove(ticket)
        await client.giveSample(run, proof, pageFacts())
        setState({ step: 'given' })
        return
      }
      const declared = await client.doctorState(run)
      await platform.declare({ platform: 'wecom', state: declared })
      setState({ step: 'ready' })
    } catch (error) {
      setState(failedBy(error))
    }
  }, [client, pageFacts, platform, run])
  useEffect(() => void begin(), [begin])

  const share = useCallback(async () => {
    const { origin } = window.location
    const link = `${origin}/h5/?doctor=${encodeURIComponent(run)}`
    const content = { title: w('doctor.title'), desc: w('doctor.share-text'), link }
    try {
      const done = await platform.share({ ...content, imgUrl: origin + IMAGE })
      setState({ step: done === 'sent' ? 'sent' : 'ready' })
    } catch (error) {
      setState(failedBy(error))
    }
  }, [platform, run, w])

  return { state, begin, share }
}

/** For the operator: which call failed, and the platform's own words. @returns undefined where there are none */
export const failedCall = (error: unknown): string | undefined =>
  error instanceof PlatformError ? error.message : undefined
