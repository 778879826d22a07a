import type {
  AdminViewer,
  ListedViewer,
  ListedViewerPage,
  MemberSessionPage,
} from '@sealcard/protocol'
import { Flex, Typography } from 'antd'
import { useState } from 'react'
import { Link } from 'react-router'
import { useRead } from '../../api/hooks'
import { useWords } from '../../i18n/words'
import { Copy } from '../../ui/copy'
import { DangerousAct } from '../../ui/dangerous-act'
import { DetailsDrawer } from '../../ui/details-drawer'
import { Facts } from '../../ui/facts'
import { FailureNotice } from '../../ui/failure-notice'
import { Time } from '../../ui/time'
import { PersonActs } from './person-acts'
import { PersonName, PersonState } from './person-name'
import { peopleWords } from './words'

/** Live logins are counted on one page of the list. */
const COUNTED = 200

interface Props {
  id: string
  /** When the person is on the page of the list that shows. */
  row: ListedViewer | undefined
}

/** One person: who it is as far as the role may know, and what can be done. */
export const PersonDrawer = ({ id, row }: Props) => {
  const t = useWords(peopleWords)
  const found = useRead<ListedViewerPage>('viewers', { q: id }, { enabled: row === undefined })
  const person = row ?? found.data?.items[0]
  if (person) return <Details key={person.id} person={person} />
  return (
    <DetailsDrawer title={t('title')}>
      {found.error && <FailureNotice error={found.error} retry={() => void found.refetch()} />}
      {found.data && t('unknown')}
    </DetailsDrawer>
  )
}

const Details = ({ person }: { person: ListedViewer }) => {
  const t = useWords(peopleWords)
  const { id, code, app, createdAt, seenAt, blockedAt } = person
  const sessions = useRead<MemberSessionPage>('sessions', { viewer: id, limit: COUNTED })
  const live = sessions.data?.items.filter((session) => session.live).length
  const [identity, setIdentity] = useState<AdminViewer>()
  return (
    <DetailsDrawer title={<PersonName person={person} />}>
      <Flex vertical gap={16}>
        <Facts
          facts={[
            [t('state'), <PersonState key="state" blockedAt={blockedAt} />],
            ...(blockedAt
              ? [[t('blocked-at'), <Time key="blocked" at={blockedAt} full />] as const]
              : []),
            [t('code'), <Copy key="code" text={code} />],
            [t('app'), app],
            [t('created'), <Time key="created" at={createdAt} full />],
            [t('seen'), <Time key="seen" at={seenAt} full />],
            [t('sessions'), sessions.data?.nextCursor ? t('sessions.more') : (live ?? '…')],
            [t('id'), <Copy key="id" text={id} />],
            [
              t('platform'),
              identity ? (
                <Copy key="platform" text={identity.platformId} />
              ) : (
                <DangerousAct<AdminViewer>
                  key="platform"
                  size="small"
                  label={t('identity.show')}
                  needs="manage"
                  effect={t('identity.effect')}
                  run={async (api, reason) => {
                    const read = await api.get<AdminViewer>(`viewers/${id}`, { reason })
                    setIdentity(read)
                    return read
                  }}
                  done={() => t('identity.done')}
                  audit={{ kind: 'person.read', subject: id }}
                />
              ),
            ],
          ]}
        />
        <Flex gap={16} wrap>
          <Link to={`/cards?owner=${id}`}>{t('see.cards')}</Link>
          <Link to={`/openings?viewer=${id}`}>{t('see.openings')}</Link>
          <Link to={`/requests?viewer=${id}`}>{t('see.requests')}</Link>
        </Flex>
        <PersonActs person={person} sessions={live} />
        <Typography.Text type="secondary">{t('export.hint')}</Typography.Text>
      </Flex>
    </DetailsDrawer>
  )
}
