import type { Activity } from '@sealcard/protocol'
import { ACTS, OPENING_REASONS } from '@sealcard/protocol/plain'
import { Fragment } from 'react'
import { sentences } from '../i18n/sentences'
import { useLanguage } from '../i18n/words'
import { Named } from './named'

/** What happened, in one sentence whose people and cards are links. */
export const Sentence = ({ what }: { what: Activity }) => {
  const language = useLanguage()
  const { kind, decision, reason, by, about } = what
  const form = sentenceOf(kind, decision)[language]
  const parts = form.split(/(\{by\}|\{about\})/).filter((part) => part !== '')
  const why =
    reason !== null && reason in OPENING_REASONS ? (reason as keyof typeof OPENING_REASONS) : null
  return (
    <>
      {parts.map((part, i) => (
        <Fragment key={i}>
          {part === '{by}' || part === '{about}' ? (
            <Named what={part === '{by}' ? by : about} inside={i > 0} />
          ) : (
            part
          )}
        </Fragment>
      ))}
      {why && ` ${OPENING_REASONS[why][language]}`}
    </>
  )
}

const sentenceOf = (kind: string, decision: string): { zh: string; en: string } => {
  const known: Readonly<Record<string, { zh: string; en: string }>> = sentences
  const acts: Readonly<Record<string, { zh: string; en: string }>> = ACTS
  const found = known[`${kind}.${decision}`] ?? known[kind]
  if (found) return found
  const act = acts[kind] ?? { zh: kind, en: kind }
  return { zh: `{by} ${act.zh}：{about}`, en: `{by}: ${act.en} – {about}` }
}
