import type { CardChange } from '@sealcard/kit'
import type { Card, Policy } from '@sealcard/protocol'
import { emptyDraft, LASTS_HOURS, toCreateCard, type Draft, type Expiry } from './draft.js'

const HOUR = 60 * 60 * 1000

const fieldsOf = ({ title, body, policy }: Card): Omit<Draft, 'expiry'> => ({
  title,
  body,
  maxViewers: policy.maxViewers?.toString() ?? '',
  maxOpensPerViewer: policy.maxOpensPerViewer?.toString() ?? '',
  requireAcknowledgement: policy.requireAcknowledgement ?? false,
  watermark: policy.watermark ?? false,
  guardCapture: policy.guardCapture ?? false,
  allowCopy: policy.allowCopy ?? false,
})

/** A card to be changed: its end stays as it is until the person chooses another. */
export const changeOf = (card: Card): Draft => ({
  ...fieldsOf(card),
  expiry: card.policy.expiresAt === undefined ? 'never' : 'kept',
})

/** A new card like this one: it lives as long as this one was to live, as far as there is a choice for it. */
export const copyOf = (card: Card): Draft => ({ ...fieldsOf(card), expiry: lifeOf(card) })

const lifeOf = ({ policy, createdAt }: Card): Expiry => {
  if (policy.expiresAt === undefined) return 'never'
  const hours = (Date.parse(policy.expiresAt) - Date.parse(createdAt)) / HOUR
  const choices = Object.entries(LASTS_HOURS) as [keyof typeof LASTS_HOURS, number][]
  // A minute's grace: the service may have set the time of writing a little later.
  return choices.find(([, lasts]) => hours <= lasts + 1 / 60)?.[0] ?? emptyDraft.expiry
}

/** What of the card is to change; null: nothing. */
export const toCardChange = (card: Card, draft: Draft, now: number): CardChange | null => {
  const wanted = toCreateCard(draft, now)
  const policy = policyChange(card.policy, {
    ...wanted.policy,
    ...(draft.expiry === 'kept' && card.policy.expiresAt !== undefined
      ? { expiresAt: card.policy.expiresAt }
      : {}),
  })
  const change: CardChange = {
    ...(wanted.title === card.title ? {} : { title: wanted.title }),
    ...(wanted.body === card.body ? {} : { body: wanted.body }),
    ...(Object.keys(policy).length === 0 ? {} : { policy }),
  }
  return Object.keys(change).length > 0 ? change : null
}

/** Only the rules that differ. Null: the rule goes. */
const policyChange = (before: Policy, after: Policy): NonNullable<CardChange['policy']> => {
  const rules = [...new Set([...Object.keys(before), ...Object.keys(after)])] as (keyof Policy)[]
  return Object.fromEntries(
    rules
      // A switch that is off and one that is not there are the same.
      .filter((rule) => (before[rule] || undefined) !== (after[rule] || undefined))
      .map((rule) => [rule, after[rule] ?? null]),
  )
}
