import type { AdminAccount } from '@sealcard/protocol'
import { sharedWords } from '../../i18n/shared-words'
import { useWords } from '../../i18n/words'
import { OpenLink } from '../../ui/details-drawer'
import { ListPage } from '../../ui/list/list-page'
import { Time } from '../../ui/time'
import { AccountDrawer } from './account-drawer'
import { AccountState } from './account-state'
import { AdministratorsSections } from './administrators-sections'
import { InviteButton } from './invite-button'
import { administratorsWords } from './words'

/** Who gets into the console. */
export const AccountList = () => {
  const t = useWords(administratorsWords)
  const s = useWords(sharedWords)
  return (
    <ListPage<AdminAccount>
      title={t('title')}
      lead={t('lead.accounts')}
      path="accounts"
      rowKey={({ id }) => id}
      columns={[
        { title: t('name'), cell: ({ id, name }) => <OpenLink id={id}>{name}</OpenLink> },
        { title: t('role'), cell: ({ role }) => s(`role.${role}`) },
        { title: t('state'), cell: (account) => <AccountState account={account} /> },
        {
          title: t('last-login'),
          cell: ({ lastLoginAt }) =>
            lastLoginAt === null ? t('never') : <Time at={lastLoginAt} />,
        },
        { title: t('created-at'), cell: ({ createdAt }) => <Time at={createdAt} /> },
      ]}
      empty={{ title: t('accounts.none'), hint: t('accounts.none-hint') }}
      actions={<InviteButton />}
      drawer={(_, account) => <AccountDrawer account={account} />}
    >
      <AdministratorsSections current="accounts" />
    </ListPage>
  )
}
