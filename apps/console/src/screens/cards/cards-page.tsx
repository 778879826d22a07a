import type { AdminCardSummary } from '@sealcard/protocol'
import { useWords } from '../../i18n/words'
import { OpenLink } from '../../ui/details-drawer'
import { ListPage } from '../../ui/list/list-page'
import { Person } from '../../ui/person'
import { Time } from '../../ui/time'
import { CardDrawer } from './card-drawer'
import { CardState } from './card-state'
import { CardTitle } from '../../ui/card-title'
import { RevokeCards } from './revoke-cards'
import { cardsWords } from './words'

const STATES = ['active', 'revoked', 'expired'] as const

/** Every card, newest first. */
export const CardsPage = () => {
  const t = useWords(cardsWords)
  return (
    <ListPage<AdminCardSummary>
      title={t('title')}
      lead={t('lead')}
      path="cards"
      byApp
      rowKey={({ id }) => id}
      filters={[
        { kind: 'text', name: 'q', label: t('filter.q'), placeholder: t('filter.q-hint') },
        { kind: 'text', name: 'owner', label: t('filter.owner') },
        {
          kind: 'choice',
          name: 'status',
          label: t('state'),
          options: STATES.map((value) => ({ value, label: t(value) })),
        },
      ]}
      columns={[
        {
          title: t('name'),
          cell: ({ id, title }) => (
            <OpenLink id={id}>
              <CardTitle title={title} />
            </OpenLink>
          ),
        },
        { title: t('owner'), cell: ({ owner }) => <Person {...owner} /> },
        { title: t('app'), cell: ({ app }) => app },
        { title: t('state'), cell: ({ status }) => <CardState status={status} /> },
        {
          title: t('counts'),
          cell: ({ openings: { viewers, total, refused } }) => `${viewers} / ${total} / ${refused}`,
        },
        { title: t('written'), cell: ({ createdAt }) => <Time at={createdAt} /> },
        {
          title: t('expires'),
          cell: ({ expiresAt }) => (expiresAt === null ? t('never') : <Time at={expiresAt} />),
        },
      ]}
      empty={{ title: t('none'), hint: t('none-hint') }}
      exported={{ path: 'cards/export', needs: 'audit' }}
      bulk={(cards, clear) => <RevokeCards cards={cards} after={clear} />}
      drawer={(id) => <CardDrawer id={id} />}
      drawerReads
    />
  )
}
