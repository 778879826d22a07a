import { type Extension, extendedBy, extendedTo, hasNews } from '@sealcard/client'
import { useCallback, useRef, useState } from 'react'
import type { Card } from '@sealcard/protocol'
import { now } from '../../adapters/clock'
import { services } from '../../services'

export type Act = 'revoke' | 'delete' | 'extend'

export interface CardState {
  card: Card | null
  error: unknown
  /** `error` is of loading it (there is nothing to show), or of what the owner did. */
  failed: 'load' | 'act' | null
  /** What the owner does now. */
  doing: Act | null
  /** The new end of the last extension. */
  extended: string | null
  /** When the service last said how the card is, ms; 0: not yet. */
  at: number
}

const NOTHING: CardState = {
  card: null,
  error: null,
  failed: null,
  doing: null,
  extended: null,
  at: 0,
}

/** One card of mine. An answer that comes after a change must not show the card as it was before. */
export const useCard = (id: string) => {
  const [state, setState] = useState<CardState>(NOTHING)
  const run = useRef(0)
  const shown = useRef<Card | null>(null)
  shown.current = state.card

  const reload = useCallback(async () => {
    const mine = ++run.current
    try {
      const card = await services().client.getCard(id)
      if (mine === run.current) {
        setState((s) => ({ ...s, card, error: null, failed: null, at: now() }))
      }
    } catch (error) {
      if (mine === run.current) setState((s) => ({ ...s, error, failed: 'load' }))
    }
  }, [id])

  /** Asks quietly. @returns whether it was opened since, or its state changed */
  const check = async (): Promise<boolean> => {
    const mine = run.current
    const card = await services().client.getCard(id)
    if (mine !== run.current) return false
    const news = hasNews(shown.current, card)
    setState((s) => ({ ...s, card: news ? card : s.card, at: now() }))
    return news
  }

  const act = async (doing: Act, call: () => Promise<Card | void>): Promise<boolean> => {
    run.current++
    setState((s) => ({ ...s, doing, error: null, failed: null, extended: null }))
    try {
      const card = await call()
      // Some answers do not carry the counts.
      setState((s) => ({
        ...s,
        card: card ? { ...s.card, ...card } : s.card,
        doing: null,
        extended: doing === 'extend' ? (card?.policy.expiresAt ?? null) : null,
      }))
      return true
    } catch (error) {
      setState((s) => ({ ...s, doing: null, error, failed: 'act' }))
      return false
    }
  }

  const extendUntil = (expiresAt: string) =>
    act('extend', () => services().client.updateCard(id, { policy: { expiresAt } }))

  return {
    ...state,
    reload,
    check,
    revoke: () => act('revoke', () => services().client.revokeCard(id)),
    remove: () => act('delete', () => services().client.deleteCard(id)),
    extend: async (by: Extension) => {
      if (state.card) await extendUntil(extendedBy(state.card, by, now()))
    },
    /** @returns false: the day is none, or not later than the end */
    extendTo: (day: string): boolean => {
      const end = state.card && extendedTo(state.card, day, now())
      if (end !== null) void extendUntil(end)
      return end !== null
    },
  }
}
