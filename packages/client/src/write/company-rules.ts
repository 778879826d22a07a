import type { MemberPolicy } from '@sealcard/protocol'
import type { Translate } from '../words/translate.js'
import { LASTS_HOURS, type Draft, type Mistake } from './draft.js'

/** What of a draft the company does not allow; the BFF would refuse it, naming the same field. */
export const breachesIn = (draft: Draft, rules: MemberPolicy | null): Mistake[] => {
  if (rules === null) return []
  const breaches: Mistake[] = []
  // No expiry is no breach: such a card gets the longest life. An end that stays was allowed before.
  const days =
    draft.expiry === 'never' || draft.expiry === 'kept' ? 0 : LASTS_HOURS[draft.expiry] / 24
  if (days > (rules.maxLifeDays ?? Infinity)) breaches.push('too-long-life')
  if (Number(draft.maxViewers) > (rules.maxViewers ?? Infinity)) breaches.push('over-max-viewers')
  if (Number(draft.maxOpensPerViewer) > (rules.maxOpensPerViewer ?? Infinity)) {
    breaches.push('over-max-opens')
  }
  if (draft.allowCopy && rules.noCopy) breaches.push('no-copy')
  return breaches
}

/** One sentence for each rule that holds. */
export const sayRules = (rules: MemberPolicy, t: Translate): string[] => [
  ...(rules.maxLifeDays ? [t('write.rule-life', { n: rules.maxLifeDays })] : []),
  ...(rules.maxViewers ? [t('write.rule-viewers', { n: rules.maxViewers })] : []),
  ...(rules.maxOpensPerViewer ? [t('write.rule-opens', { n: rules.maxOpensPerViewer })] : []),
  ...(rules.watermark ? [t('write.rule-watermark')] : []),
  ...(rules.noCopy ? [t('write.rule-no-copy')] : []),
]
