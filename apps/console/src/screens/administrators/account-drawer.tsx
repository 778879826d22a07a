import type { AdminAccount, AdminLoginSessions } from '@sealcard/protocol'
import { useRead } from '../../api/hooks'
import { sharedWords } from '../../i18n/shared-words'
import { useWords } from '../../i18n/words'
import { Copy } from '../../ui/copy'
import { DetailsDrawer } from '../../ui/details-drawer'
import { Facts } from '../../ui/facts'
import { Loaded } from '../../ui/loaded'
import { Panel } from '../../ui/panel'
import { Time } from '../../ui/time'
import { AccountActs } from './account-acts'
import { AccountState } from './account-state'
import { administratorsWords } from './words'

/** One account: what it is, its logins, and what can be done to it. */
export const AccountDrawer = ({ account }: { account: AdminAccount | undefined }) => {
  const t = useWords(administratorsWords)
  if (!account) return <DetailsDrawer title={t('title')}>{t('not-here')}</DetailsDrawer>
  return <Details key={account.id} account={account} />
}

const Details = ({ account }: { account: AdminAccount }) => {
  const t = useWords(administratorsWords)
  const s = useWords(sharedWords)
  const sessions = useRead<AdminLoginSessions>(`accounts/${account.id}/sessions`)
  return (
    <DetailsDrawer title={account.name}>
      <div style={{ display: 'grid', gap: 16 }}>
        <Facts
          facts={[
            [t('role'), s(`role.${account.role}`)],
            [t('state'), <AccountState key="state" account={account} />],
            [t('last-login'), <Time key="last" at={account.lastLoginAt} />],
            [t('created-at'), <Time key="made" at={account.createdAt} full />],
            [t('created-by'), <Copy key="by" text={account.createdBy} />],
          ]}
        />
        <AccountActs account={account} logins={sessions.data?.items.length} />
        <Panel title={t('sessions')}>
          <Loaded read={sessions}>{({ items }) => <Sessions items={items} />}</Loaded>
        </Panel>
      </div>
    </DetailsDrawer>
  )
}

const Sessions = ({ items }: AdminLoginSessions) => {
  const t = useWords(administratorsWords)
  if (items.length === 0) return <>{t('sessions.none')}</>
  return (
    <ul style={{ margin: 0, padding: 0, listStyle: 'none' }}>
      {items.map(({ id, createdAt, seenAt, expiresAt, current }) => (
        <li key={id} style={{ padding: '6px 0' }}>
          {t('sessions.began')} <Time at={createdAt} /> · {t('sessions.seen')} <Time at={seenAt} />{' '}
          · {t('sessions.until')} <Time at={expiresAt} />
          {current && <strong> {t('sessions.current')}</strong>}
        </li>
      ))}
    </ul>
  )
}
