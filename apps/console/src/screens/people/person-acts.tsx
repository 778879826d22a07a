import { DownloadOutlined } from '@ant-design/icons'
import type { BlockedViewer, ListedViewer, PersonErased, SessionsRevoked } from '@sealcard/protocol'
import { Button, Flex } from 'antd'
import { useWords } from '../../i18n/words'
import { useServices } from '../../services'
import { DangerousAct } from '../../ui/dangerous-act'
import { RoleGate } from '../../ui/role-gate'
import { OffboardButton } from './offboard'
import { rowsOf } from './rows-of'
import { peopleWords } from './words'

interface Props {
  person: ListedViewer
  /** Live logins; undefined while they are counted. */
  sessions: number | undefined
}

/** What can be done to a person. Each shows its effect, and wants a reason. */
export const PersonActs = ({ person, sessions: n }: Props) => {
  const t = useWords(peopleWords)
  const { api } = useServices()
  const { id, code, blockedAt } = person
  const path = `viewers/${id}`
  return (
    <Flex gap={8} wrap>
      <OffboardButton person={person} />
      {blockedAt === undefined ? (
        <DangerousAct<BlockedViewer>
          label={t('block')}
          needs="revoke"
          effect={n === undefined ? undefined : t('block.effect', { n })}
          run={(calls, reason) => calls.send('POST', `${path}/block`, { reason })}
          done={({ ended }) => t('block.done', { n: ended })}
          audit={{ kind: 'viewer.block', subject: id }}
        />
      ) : (
        <DangerousAct<BlockedViewer>
          label={t('unblock')}
          needs="revoke"
          effect={t('unblock.effect')}
          run={(calls, reason) => calls.send('POST', `${path}/unblock`, { reason })}
          done={() => t('unblock.done')}
          audit={{ kind: 'viewer.unblock', subject: id }}
        />
      )}
      <DangerousAct<SessionsRevoked>
        label={t('end')}
        needs="revoke"
        effect={n === undefined ? undefined : t('end.effect', { n })}
        run={(calls, reason) => calls.send('POST', 'sessions/revoke', { viewer: id, reason })}
        done={({ ended }) => t('end.done', { n: ended })}
        audit={{ kind: 'session.revoke', subject: id }}
      />
      <DangerousAct<PersonErased>
        label={t('erase')}
        needs="manage"
        effect={t('erase.effect')}
        forGood={t('erase.for-good')}
        type={code}
        run={(calls, reason) => calls.send('POST', `${path}/erase`, { reason })}
        done={({ erased }) => t('erase.done', { n: rowsOf(erased) })}
        audit={{ kind: 'person.erase', subject: id }}
      />
      <RoleGate needs="manage">
        {(disabled) => (
          <Button
            icon={<DownloadOutlined />}
            disabled={disabled}
            {...(!disabled && { href: api.address(`${path}/export`), download: `${code}.json` })}
          >
            {t('export')}
          </Button>
        )}
      </RoleGate>
    </Flex>
  )
}
