import type { CreateCard, Policy } from '@sealcard/protocol'
import { storable } from './storable.js'

export const TITLE_MAX = 64
export const BODY_MAX = 20_000
export const LIMIT_MAX = 100_000

export const EXPIRIES = ['hour', 'day', 'week', 'month', 'never'] as const
/** `kept`, of a card that is being changed: its end stays as it is. */
export type Expiry = (typeof EXPIRIES)[number] | 'kept'

const HOUR = 60 * 60 * 1000
export const LASTS_HOURS: Record<Exclude<Expiry, 'never' | 'kept'>, number> = {
  hour: 1,
  day: 24,
  week: 7 * 24,
  month: 30 * 24,
}

/** A card as it is being written: what the fields hold, valid or not. */
export interface Draft {
  title: string
  body: string
  expiry: Expiry
  maxViewers: string
  maxOpensPerViewer: string
  requireAcknowledgement: boolean
  watermark: boolean
  guardCapture: boolean
  allowCopy: boolean
}

export const emptyDraft: Draft = {
  title: '',
  body: '',
  expiry: 'week',
  maxViewers: '',
  maxOpensPerViewer: '',
  requireAcknowledgement: false,
  watermark: true,
  guardCapture: false,
  allowCopy: false,
}

/** Whether anything was written: settings alone are no draft that somebody would miss. */
export const hasWords = ({ title, body }: Pick<Draft, 'title' | 'body'>): boolean =>
  title.trim() !== '' || body.trim() !== ''

export type Mistake =
  | 'need-title'
  | 'too-long-title'
  | 'too-long-body'
  | 'bad-max-viewers'
  | 'bad-max-opens'
  | 'too-long-life'
  | 'over-max-viewers'
  | 'over-max-opens'
  | 'no-copy'

/** Characters as people and the BFF count them: code points. */
export const count = (text: string): number => Array.from(text).length

export const mistakesIn = (draft: Draft): Mistake[] => {
  const mistakes: Mistake[] = []
  if (titleOf(draft) === '') mistakes.push('need-title')
  if (count(draft.title) > TITLE_MAX) mistakes.push('too-long-title')
  if (count(draft.body) > BODY_MAX) mistakes.push('too-long-body')
  if (limitOf(draft.maxViewers) === null) mistakes.push('bad-max-viewers')
  if (limitOf(draft.maxOpensPerViewer) === null) mistakes.push('bad-max-opens')
  return mistakes
}

/** What is sent. Expiry counts from `now`, so the result has to be kept and sent again as it is. */
export const toCreateCard = (draft: Draft, now: number): CreateCard => {
  const maxViewers = limitOf(draft.maxViewers)
  const maxOpensPerViewer = limitOf(draft.maxOpensPerViewer)
  const policy: Policy = {
    ...(draft.expiry === 'never' || draft.expiry === 'kept'
      ? {}
      : { expiresAt: new Date(now + LASTS_HOURS[draft.expiry] * HOUR).toISOString() }),
    ...(maxViewers ? { maxViewers } : {}),
    ...(maxOpensPerViewer ? { maxOpensPerViewer } : {}),
    ...(draft.requireAcknowledgement ? { requireAcknowledgement: true } : {}),
    ...(draft.watermark ? { watermark: true } : {}),
    ...(draft.guardCapture ? { guardCapture: true } : {}),
    ...(draft.allowCopy ? { allowCopy: true } : {}),
  }
  return { title: titleOf(draft), body: storable(draft.body), policy }
}

/** undefined: no limit; null: not a limit at all. */
const limitOf = (text: string): number | undefined | null => {
  const trimmed = text.trim()
  if (trimmed === '') return undefined
  if (!/^\d{1,6}$/.test(trimmed)) return null
  const value = Number(trimmed)
  return value >= 1 && value <= LIMIT_MAX ? value : null
}

const titleOf = (draft: Draft) => storable(draft.title).trim()
