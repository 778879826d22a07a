import type {
  AdminAccount,
  AdminRole,
  ChangedAccount,
  EndedWithAccount,
  ResetAccount,
  SessionsRevoked,
} from '@sealcard/protocol'
import { ROLES } from '@sealcard/protocol/plain'
import { Flex } from 'antd'
import { useState } from 'react'
import { absoluteTime } from '../../i18n/format'
import { sharedWords } from '../../i18n/shared-words'
import { useWords } from '../../i18n/words'
import { DangerousAct } from '../../ui/dangerous-act'
import { SecretOnce, setupLink } from './secret-once'
import { administratorsWords } from './words'

interface Props {
  account: AdminAccount
  /** Live logins; undefined while they are counted. */
  logins: number | undefined
}

/** What can be done to an account. Each shows its effect, and wants a reason. */
export const AccountActs = ({ account: { id, name, role, disabledAt }, logins: n }: Props) => {
  const t = useWords(administratorsWords)
  const s = useWords(sharedWords)
  const [reset, setReset] = useState<ResetAccount>()
  const path = `accounts/${id}`
  const ended = (counts: EndedWithAccount) => t('act.disable-done', { ...counts })
  const counted = (words: (n: number) => string) => (n === undefined ? undefined : words(n))
  const others = (Object.keys(ROLES) as AdminRole[]).filter((one) => one !== role)
  return (
    <Flex gap={8} wrap>
      {disabledAt === null ? (
        <>
          <DangerousAct<SessionsRevoked>
            label={t('act.end')}
            needs="manage"
            effect={counted((n) => t('act.end-effect', { n }))}
            run={(api, reason) => api.send('POST', `${path}/sessions/end`, { reason })}
            done={(result) => t('act.end-done', { n: result.ended })}
            audit={{ kind: 'admin.sessions', subject: id }}
          />
          {others.map((to) => (
            <DangerousAct<ChangedAccount>
              key={to}
              label={t('act.role', { role: s(`role.${to}`) })}
              needs="manage"
              effect={counted((n) =>
                t('act.role-effect', { name, from: s(`role.${role}`), to: s(`role.${to}`), n }),
              )}
              run={(api, reason) => api.send('POST', `${path}/role`, { role: to, reason })}
              done={(result) => ended(result.ended)}
              audit={{ kind: 'admin.role', subject: id }}
            />
          ))}
          <DangerousAct<ResetAccount>
            label={t('act.reset')}
            needs="manage"
            type={name}
            effect={counted((n) => t('act.reset-effect', { name, n }))}
            run={async (api, reason) => {
              const made = await api.send<ResetAccount>('POST', `${path}/reset`, { reason })
              setReset(made)
              return made
            }}
            done={(result) => ended(result.ended)}
            audit={{ kind: 'admin.reset', subject: id }}
          />
          <DangerousAct<ChangedAccount>
            label={t('act.disable')}
            needs="manage"
            type={name}
            effect={counted((n) => t('act.disable-effect', { name, n }))}
            forGood={t('act.disable-good')}
            run={(api, reason) => api.send('POST', `${path}/disable`, { reason })}
            done={(result) => ended(result.ended)}
            audit={{ kind: 'admin.disable', subject: id }}
          />
        </>
      ) : (
        <DangerousAct<ChangedAccount>
          label={t('act.enable')}
          needs="manage"
          effect={t('act.enable-effect', { name })}
          run={(api, reason) => api.send('POST', `${path}/enable`, { reason })}
          done={() => t('act.enable-effect', { name })}
          audit={{ kind: 'admin.enable', subject: id }}
        />
      )}
      <SecretOnce
        title={name}
        hint={t('secret.setup', { until: reset ? absoluteTime(reset.setup.expiresAt) : '' })}
        secret={reset && setupLink(reset.setup.token)}
        close={() => {
          setReset(undefined)
        }}
      />
    </Flex>
  )
}
