import type { AuditEntry } from '@sealcard/protocol'
import { ACTS } from '@sealcard/protocol/plain'
import { useLanguage, useWords } from '../../i18n/words'
import { OpenLink } from '../../ui/details-drawer'
import { ExportButton } from '../../ui/list/export-button'
import { ListPage } from '../../ui/list/list-page'
import { Named } from '../../ui/named'
import { State } from '../../ui/state'
import { Time } from '../../ui/time'
import { AuditSections } from './audit-sections'
import { EntryDrawer } from './entry-drawer'
import { kindOf, placeOf, useActWords, useDecisionWords } from './entry-words'
import { auditWords } from './words'

/** Every entry, newest first. */
export const AuditEntries = () => {
  const t = useWords(auditWords)
  const language = useLanguage()
  const act = useActWords()
  const decision = useDecisionWords()
  const kinds = Object.entries(ACTS).map(([value, words]) => ({ value, label: words[language] }))
  return (
    <ListPage<AuditEntry>
      title={t('title')}
      lead={t('lead')}
      path="audit"
      rowKey={placeOf}
      filters={[
        { kind: 'choice', name: 'kind', label: t('act'), options: kinds },
        { kind: 'text', name: 'actor', label: t('actor'), placeholder: 'admin:…' },
        { kind: 'text', name: 'subject', label: t('subject') },
        { kind: 'range' },
      ]}
      columns={[
        {
          title: t('act'),
          cell: (row) => <OpenLink id={placeOf(row)}>{act(row.kind)}</OpenLink>,
        },
        { title: t('at'), cell: ({ at }) => <Time at={at} /> },
        { title: t('by'), cell: ({ by }) => <Named what={by} /> },
        { title: t('about'), cell: ({ about }) => <Named what={about} /> },
        {
          title: t('decision'),
          cell: (row) => <State kind={kindOf(row.decision)}>{decision(row.decision)}</State>,
        },
      ]}
      empty={{ title: t('none'), hint: t('none-hint') }}
      actions={
        <ExportButton path="audit/export" query={{}} needs="audit" hint={t('export-hint')} />
      }
      drawer={(id, row) => <EntryDrawer id={id} entry={row} />}
    >
      <AuditSections current="entries" />
    </ListPage>
  )
}
