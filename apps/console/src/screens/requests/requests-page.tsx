import type { AdminRequest } from '@sealcard/protocol'
import { useWords } from '../../i18n/words'
import { CardLink } from '../../ui/card-title'
import { Copy } from '../../ui/copy'
import { DetailsDrawer, OpenLink } from '../../ui/details-drawer'
import { Facts } from '../../ui/facts'
import { ListPage } from '../../ui/list/list-page'
import { Person } from '../../ui/person'
import { State } from '../../ui/state'
import { Time } from '../../ui/time'
import { requestsWords } from './words'

/** Who asked for access to which card, newest first. */
export const RequestsPage = () => {
  const t = useWords(requestsWords)
  return (
    <ListPage<AdminRequest>
      title={t('title')}
      lead={t('lead')}
      path="requests"
      rowKey={({ id }) => id}
      filters={[
        { kind: 'text', name: 'card', label: t('filter.card') },
        { kind: 'text', name: 'viewer', label: t('filter.viewer') },
      ]}
      columns={[
        {
          title: t('at'),
          cell: ({ id, at }) => (
            <OpenLink id={id}>
              <Time at={at} />
            </OpenLink>
          ),
        },
        { title: t('asker'), cell: ({ viewer }) => <Person {...viewer} /> },
        {
          title: t('card'),
          cell: ({ card }) => (card ? <CardLink card={card} /> : t('card.none')),
        },
        { title: t('owner'), cell: ({ owner }) => (owner ? <Person {...owner} /> : '—') },
        { title: t('state'), cell: (request) => <RequestState request={request} /> },
      ]}
      empty={{ title: t('none'), hint: t('none-hint') }}
      drawer={(_, row) => <RequestDrawer request={row} />}
    />
  )
}

const RequestState = ({ request: { card, dismissedAt } }: { request: AdminRequest }) => {
  const t = useWords(requestsWords)
  if (card === null) return <State kind="bad">{t('nobody')}</State>
  if (dismissedAt !== null) return <State kind="off">{t('dismissed')}</State>
  return <State kind="waiting">{t('waiting')}</State>
}

const RequestDrawer = ({ request }: { request: AdminRequest | undefined }) => {
  const t = useWords(requestsWords)
  if (!request) return <DetailsDrawer title={t('title')}>{t('not-here')}</DetailsDrawer>
  const { id, at, viewer, card, owner, share, dismissedAt } = request
  return (
    <DetailsDrawer title={<RequestState request={request} />}>
      <Facts
        facts={[
          [t('at'), <Time key="at" at={at} full />],
          [t('asker'), <Person key="asker" {...viewer} />],
          [t('card'), card ? <CardLink key="card" card={card} /> : t('card.none-hint')],
          [t('owner'), owner ? <Person key="owner" {...owner} /> : '—'],
          ...(dismissedAt
            ? [[t('dismissed'), <Time key="dismissed" at={dismissedAt} full />] as const]
            : []),
          [t('share'), <Copy key="share" text={share.id} />],
          [t('id'), <Copy key="id" text={id} />],
        ]}
      />
    </DetailsDrawer>
  )
}
