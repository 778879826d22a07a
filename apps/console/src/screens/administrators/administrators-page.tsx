import { useParams } from 'react-router'
import { useWords } from '../../i18n/words'
import { NeedsRole } from '../../ui/needs-role'
import { PageHeader } from '../../ui/page-header'
import { useMay } from '../../session/use-session'
import { AccountList } from './account-list'
import { AdministratorsSections } from './administrators-sections'
import { RoleMatrix } from './role-matrix'
import { TokenList } from './token-list'
import { administratorsWords } from './words'

/** Accounts; at `/administrators/tokens` the tokens, at `/administrators/roles` what each role may do. */
export const AdministratorsPage = () => {
  const { id } = useParams()
  const t = useWords(administratorsWords)
  const may = useMay('manage')
  if (id === 'roles') return <RoleMatrix />
  const part = id === 'tokens' ? 'tokens' : 'accounts'
  if (!may)
    return (
      <>
        <PageHeader title={t('title')} lead={t(`lead.${part}`)} />
        <AdministratorsSections current={part} />
        <NeedsRole needs="manage">{null}</NeedsRole>
      </>
    )
  return part === 'tokens' ? <TokenList /> : <AccountList />
}
