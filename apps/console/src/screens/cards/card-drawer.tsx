import type { AdminCard } from '@sealcard/protocol'
import { Flex, Tabs, Typography } from 'antd'
import { Link } from 'react-router'
import { useRead } from '../../api/hooks'
import { useWords } from '../../i18n/words'
import { Copy } from '../../ui/copy'
import { DetailsDrawer } from '../../ui/details-drawer'
import { Facts } from '../../ui/facts'
import { Loaded } from '../../ui/loaded'
import { Person } from '../../ui/person'
import { Time } from '../../ui/time'
import { CardReaders } from './card-readers'
import { CardShares } from './card-shares'
import { CardState } from './card-state'
import { CardTimeline } from './card-timeline'
import { CardTitle } from '../../ui/card-title'
import { RevokeCards } from './revoke-cards'
import { cardsWords } from './words'

/** One card: what happened to it, its readers, its shares. Never its words. */
export const CardDrawer = ({ id }: { id: string }) => {
  const t = useWords(cardsWords)
  const read = useRead<AdminCard>(`cards/${encodeURIComponent(id)}`)
  const card = read.data
  return (
    <DetailsDrawer
      title={
        card ? (
          <Flex gap={12} align="center">
            <CardTitle title={card.title} />
            <CardState status={card.status} />
          </Flex>
        ) : (
          id
        )
      }
      actions={card?.status === 'active' && <RevokeCards cards={[card]} />}
    >
      <Loaded read={read}>
        {(value) => (
          <>
            <Typography.Paragraph type="secondary">{t('lead')}</Typography.Paragraph>
            <Tabs
              items={[
                // Who opened it is what a card is looked up for most.
                { key: 'readers', label: t('readers'), children: <CardReaders id={value.id} /> },
                { key: 'timeline', label: t('timeline'), children: <CardTimeline id={value.id} /> },
                {
                  key: 'shares',
                  label: `${t('shares')} ${value.shares.length}`,
                  children: <CardShares shares={value.shares} />,
                },
                { key: 'facts', label: t('facts'), children: <CardFacts card={value} /> },
              ]}
            />
          </>
        )}
      </Loaded>
    </DetailsDrawer>
  )
}

const CardFacts = ({ card }: { card: AdminCard }) => {
  const t = useWords(cardsWords)
  const { id, owner, app, createdAt, expiresAt, revokedAt, openings, policy } = card
  const limit = (n: number | undefined) => (n === undefined ? t('policy.unlimited') : n)
  const yes = (is: boolean | undefined) => (is ? t('yes') : t('no'))
  return (
    <Flex vertical gap={16}>
      <Facts
        facts={[
          [t('owner'), <Person key="owner" {...owner} />],
          [t('app'), app],
          [t('counts'), `${openings.viewers} / ${openings.total} / ${openings.refused}`],
          [t('written'), <Time key="written" at={createdAt} full />],
          [t('expires'), expiresAt ? <Time key="expires" at={expiresAt} full /> : t('never')],
          ...(revokedAt
            ? [[t('revoked'), <Time key="revoked" at={revokedAt} full />] as const]
            : []),
          [t('policy.viewers'), limit(policy.maxViewers)],
          [t('policy.opens'), limit(policy.maxOpensPerViewer)],
          [t('policy.acknowledgement'), yes(policy.requireAcknowledgement)],
          [t('policy.watermark'), yes(policy.watermark)],
          [t('policy.capture'), yes(policy.guardCapture)],
          [t('policy.copy'), yes(policy.allowCopy)],
          [t('id'), <Copy key="id" text={id} />],
        ]}
      />
      <Link to={`/openings?card=${id}`}>{t('openings')}</Link>
    </Flex>
  )
}
