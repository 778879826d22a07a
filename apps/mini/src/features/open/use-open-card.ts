import { useOpening } from '@sealcard/kit/react'
import { useState } from 'react'
import { page } from '../../adapters/page'
import { services } from '../../services'

/** Opens the shared card that this page was entered for. @param ask first asks the person */
export const useOpenCard = (shareId: string, ask: boolean) => {
  const [{ platform, client }] = useState(() => {
    const all = services()
    // Opening a card is asking to be signed in.
    all.departure.clear()
    return all
  })
  return useOpening({ page, platform, client, shareId, ask })
}
