import { useParams } from 'react-router'
import { useWords } from '../../i18n/words'
import { NeedsRole } from '../../ui/needs-role'
import { PageHeader } from '../../ui/page-header'
import { useMay } from '../../session/use-session'
import { AuditEntries } from './audit-entries'
import { VerifyPage } from './verify-page'
import { auditWords } from './words'

const VERIFY = 'verify'

/** The entries, and at `/audit/verify` the verification with the picture of the chains. */
export const AuditPage = () => {
  const { id } = useParams()
  const t = useWords(auditWords)
  const may = useMay('audit')
  if (!may)
    return (
      <>
        <PageHeader title={t('title')} lead={t('lead')} />
        <NeedsRole needs="audit">{null}</NeedsRole>
      </>
    )
  return id === VERIFY ? <VerifyPage /> : <AuditEntries />
}
