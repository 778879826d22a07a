import type { AuditEntry } from '@sealcard/protocol'
import { ACTS, OPENING_REASONS } from '@sealcard/protocol/plain'
import { useLanguage, useWords } from '../../i18n/words'
import type { Kind } from '../../ui/state'
import { auditWords } from './words'

type Both = Readonly<Record<string, { zh: string; en: string }>>

/** What an entry records, in words; its code where an earlier version wrote it. */
export const useActWords = (): ((kind: string) => string) => {
  const language = useLanguage()
  return (kind) => (ACTS as Both)[kind]?.[language] ?? kind
}

export const useDecisionWords = (): ((decision: string) => string) => {
  const t = useWords(auditWords)
  return (decision) => {
    const key = `decision.${decision}`
    return key in auditWords ? t(key as 'decision.done') : decision
  }
}

/** The reason of an opening in words, and what else the entry says. */
export const useReasonWords = (): ((kind: string, reason: string) => string) => {
  const language = useLanguage()
  return (kind, reason) => {
    if (kind !== 'opening') return reason
    const [code = '', ...rest] = reason.split(' ')
    const words = (OPENING_REASONS as Both)[code]?.[language]
    return words === undefined ? reason : [words, ...rest].join(' ')
  }
}

const BAD = new Set(['refused', 'rejected', 'broken', 'incomplete'])

export const kindOf = (decision: string): Kind => (BAD.has(decision) ? 'bad' : 'good')

/** Where an entry stands: `<chain>:<number>`. */
export const placeOf = ({ chainId, seq }: Pick<AuditEntry, 'chainId' | 'seq'>): string =>
  `${chainId}:${seq}`
