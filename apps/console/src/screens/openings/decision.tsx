import type { OpeningDecision } from '@sealcard/protocol'
import { OPENING_REASONS } from '@sealcard/protocol/plain'
import { useLanguage, useWords } from '../../i18n/words'
import { State } from '../../ui/state'
import { openingsWords } from './words'

const KINDS = { granted: 'good', refused: 'waiting', rejected: 'bad' } as const

export const Decision = ({ decision }: { decision: OpeningDecision }) => {
  const t = useWords(openingsWords)
  return <State kind={KINDS[decision]}>{t(decision)}</State>
}

/** Why it was not granted, in a sentence. A reason without words stands as it is. */
export const Reason = ({ reason }: { reason: string | null }) => {
  const language = useLanguage()
  if (reason === null) return <>—</>
  const words: Readonly<Record<string, { zh: string; en: string }>> = OPENING_REASONS
  return <>{words[reason]?.[language] ?? reason}</>
}
