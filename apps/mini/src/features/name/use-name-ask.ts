import { isName, nameTrouble } from '@sealcard/client'
import { useRef, useState } from 'react'
import { services } from '../../services'

/** `wrong`: no name. `refused`: WeChat's review took it. `gone`: answered before, or not asked here. */
type Step = 'asking' | 'saving' | 'saved' | 'wrong' | 'refused' | 'failed' | 'gone'

/** Kept once the person gave a name, or said that they give none. */
export const NAME_ANSWERED = 'sealcard.name-answered'

/** WeCom's directory names people. In WeChat they are asked until they give a name, or say that they give none. */
const isAsked = (): boolean => {
  const { platform, storage } = services()
  return platform.kind === 'wechat' && storage.get(NAME_ANSWERED) === null
}

export const useNameAsk = () => {
  const [step, setStep] = useState<Step>(() => (isAsked() ? 'asking' : 'gone'))
  const name = useRef('')

  const end = (last: 'saved' | 'gone') => {
    services().storage.set(NAME_ANSWERED, '1')
    setStep(last)
  }
  const write = (value: string) => {
    name.current = value
    if (step !== 'asking') setStep('asking')
  }
  const save = async () => {
    const given = name.current.trim()
    if (!isName(given)) {
      setStep('wrong')
      return
    }
    setStep('saving')
    try {
      await services().client.rename(given)
      end('saved')
    } catch (error) {
      const trouble = nameTrouble(error)
      // Names are switched off, or come from elsewhere: there is nothing to ask.
      if (trouble === 'gone') end('gone')
      else setStep(trouble)
    }
  }
  /** The review comes a moment after the field was left; the name may be saved by then. */
  const refuse = async () => {
    name.current = ''
    if (step === 'saved')
      await services()
        .client.rename(null)
        .catch(() => {})
    services().storage.remove(NAME_ANSWERED)
    setStep('refused')
  }
  return { step, write, save, refuse, skip: () => end('gone') }
}
