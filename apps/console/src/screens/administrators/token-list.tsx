import type { AutomationToken } from '@sealcard/protocol'
import { sharedWords } from '../../i18n/shared-words'
import { useWords } from '../../i18n/words'
import { DangerousAct } from '../../ui/dangerous-act'
import { ListPage } from '../../ui/list/list-page'
import { State } from '../../ui/state'
import { Time, useNow } from '../../ui/time'
import { AdministratorsSections } from './administrators-sections'
import { MakeTokenButton } from './make-token-button'
import { administratorsWords } from './words'

/** Tokens for scripts and other systems; never the tokens themselves. */
export const TokenList = () => {
  const t = useWords(administratorsWords)
  const s = useWords(sharedWords)
  return (
    <ListPage<AutomationToken>
      title={t('title')}
      lead={t('lead.tokens')}
      path="tokens"
      rowKey={({ id }) => id}
      columns={[
        { title: t('name'), cell: ({ name }) => <bdi>{name}</bdi> },
        {
          title: t('role'),
          cell: ({ role, app }) =>
            role === 'server' ? `${t('role.server')} (${app ?? ''})` : s(`role.${role}`),
        },
        { title: t('state'), cell: (token) => <TokenState token={token} /> },
        { title: t('token.expires'), cell: ({ expiresAt }) => <Time at={expiresAt} /> },
        {
          title: t('token.used'),
          cell: ({ lastUsedAt }) => (lastUsedAt === null ? t('never') : <Time at={lastUsedAt} />),
        },
        { title: '', cell: (token) => <RevokeToken token={token} /> },
      ]}
      empty={{ title: t('tokens.none'), hint: t('tokens.none-hint') }}
      actions={<MakeTokenButton />}
    >
      <AdministratorsSections current="tokens" />
    </ListPage>
  )
}

const useIsLive = ({ revokedAt, expiresAt }: AutomationToken) => {
  const now = useNow()
  return revokedAt === null && Date.parse(expiresAt) > now
}

const TokenState = ({ token }: { token: AutomationToken }) => {
  const t = useWords(administratorsWords)
  const live = useIsLive(token)
  if (token.revokedAt !== null) return <State kind="off">{t('token.revoked')}</State>
  return live ? (
    <State kind="good">{t('token.live')}</State>
  ) : (
    <State kind="off">{t('token.expired')}</State>
  )
}

const RevokeToken = ({ token }: { token: AutomationToken }) => {
  const t = useWords(administratorsWords)
  const { id, name } = token
  if (!useIsLive(token)) return null
  return (
    <DangerousAct<AutomationToken>
      label={t('token.revoke')}
      size="small"
      needs="manage"
      effect={t('token.revoke-effect', { name })}
      run={(api, reason) => api.send('POST', `tokens/${id}/revoke`, { reason })}
      done={() => t('token.revoked')}
      audit={{ kind: 'token.revoke', subject: id }}
    />
  )
}
