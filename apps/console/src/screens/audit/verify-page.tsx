import { useWords } from '../../i18n/words'
import { PageHeader } from '../../ui/page-header'
import { AuditSections } from './audit-sections'
import { ChainsPanel } from './chains-panel'
import { VerifyPanel } from './verify-panel'
import { auditWords } from './words'

/** Checks the audit, and shows what it consists of. */
export const VerifyPage = () => {
  const t = useWords(auditWords)
  return (
    <>
      <PageHeader title={t('title')} lead={t('lead')} />
      <AuditSections current="verify" />
      <div style={{ display: 'grid', gap: 16 }}>
        <VerifyPanel />
        <ChainsPanel />
      </div>
    </>
  )
}
