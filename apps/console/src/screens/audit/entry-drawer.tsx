import type { AuditEntry } from '@sealcard/protocol'
import { useWords } from '../../i18n/words'
import { Copy } from '../../ui/copy'
import { DetailsDrawer } from '../../ui/details-drawer'
import { Facts } from '../../ui/facts'
import { Named } from '../../ui/named'
import { Time } from '../../ui/time'
import { placeOf, useActWords, useDecisionWords, useReasonWords } from './entry-words'
import { auditWords } from './words'

/** All that an entry says. @param entry undefined: it is not on this page of the list */
export const EntryDrawer = ({ id, entry }: { id: string; entry: AuditEntry | undefined }) => {
  const t = useWords(auditWords)
  const act = useActWords()
  const decision = useDecisionWords()
  const reason = useReasonWords()
  if (!entry) return <DetailsDrawer title={id}>{t('not-here')}</DetailsDrawer>
  return (
    <DetailsDrawer title={act(entry.kind)}>
      <Facts
        facts={[
          [t('at'), <Time key="at" at={entry.at} full />],
          [t('by'), <Named key="by" what={entry.by} />],
          [t('about'), <Named key="about" what={entry.about} />],
          [t('decision'), decision(entry.decision)],
          [t('why'), reason(entry.kind, entry.reason) || '—'],
          [t('actor'), <Copy key="actor" text={entry.actor} />],
          [t('subject'), <Copy key="subject" text={entry.subject} />],
          [t('place'), <Copy key="place" text={placeOf(entry)} />],
          [t('hash'), <Copy key="hash" text={entry.hash} short={16} />],
        ]}
      />
    </DetailsDrawer>
  )
}
