import { acceptTemplates, canSubscribe } from '@sealcard/kit'
import type { SubscriptionEvent } from '@sealcard/protocol'
import { useEffect, useRef, useState } from 'react'
import { platformWx } from '../../adapters/wx'
import { languages } from '../../i18n'
import { services } from '../../services'

export type Offer = [event: SubscriptionEvent, template: string]

type Step = 'offered' | 'asking' | 'none' | 'failed' | { done: SubscriptionEvent[] }

/**
 * The messages that WeChat can send about a card. The templates are loaded before the tap: the platform takes the call
 * only in a tap. @param sharedAt of the last share; each share may ask once
 */
export const useSubscription = (cardId: string, sharedAt: string | undefined) => {
  const [offers, setOffers] = useState<Offer[]>([])
  const [step, setStep] = useState<Step>('offered')
  const busy = useRef(false)

  useEffect(() => {
    if (!canSubscribe(platformWx())) return
    services()
      .client.getNotices()
      .then(
        ({ templates }) => setOffers(Object.entries(templates) as Offer[]),
        // Without it there is no offer. Sharing needs none.
        () => undefined,
      )
  }, [])
  useEffect(() => setStep('offered'), [sharedAt])

  const ask = async () => {
    if (busy.current) return
    busy.current = true
    try {
      const asked = acceptTemplates(
        platformWx(),
        offers.map(([, template]) => template),
      )
      setStep('asking')
      const accepted = await asked
      const done = offers.filter(([, id]) => accepted.includes(id)).map(([event]) => event)
      const language = languages().language()
      for (const event of done) await services().client.subscribe(cardId, { event, language })
      setStep(done.length > 0 ? { done } : 'none')
    } catch {
      setStep('failed')
    } finally {
      busy.current = false
    }
  }

  return { offers, step, ask }
}
