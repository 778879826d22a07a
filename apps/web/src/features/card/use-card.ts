import type { Card } from '@sealcard/protocol'
import { useCallback, useEffect, useRef, useState } from 'react'
import { useServices } from '../../services'

export interface CardState {
  card: Card | null
  error: unknown
  /** `error` is of loading it (there is nothing to show), or of revoking it. */
  failed: 'load' | 'revoke' | null
  revoking: boolean
}

const NOTHING: CardState = { card: null, error: null, failed: null, revoking: false }

/** One card of mine. An answer that comes after a revocation must not show the card active again. */
export const useCard = (id: string) => {
  const { client } = useServices()
  const [state, setState] = useState<CardState>(NOTHING)
  const run = useRef(0)

  const reload = useCallback(async () => {
    const mine = ++run.current
    try {
      const card = await client.getCard(id)
      if (mine === run.current) setState((s) => ({ ...s, card, error: null, failed: null }))
    } catch (error) {
      if (mine === run.current) setState((s) => ({ ...s, error, failed: 'load' }))
    }
  }, [client, id])
  useEffect(() => void reload(), [reload])

  const revoke = useCallback(async () => {
    run.current++
    setState((s) => ({ ...s, revoking: true, error: null, failed: null }))
    try {
      const card = await client.revokeCard(id)
      // This answer need not carry the counts.
      setState((s) => ({ ...s, card: { ...s.card, ...card }, revoking: false }))
      return true
    } catch (error) {
      setState((s) => ({ ...s, revoking: false, error, failed: 'revoke' }))
      return false
    }
  }, [client, id])

  return { ...state, reload, revoke }
}
