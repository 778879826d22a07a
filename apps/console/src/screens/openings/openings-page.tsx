import type { AdminOpening } from '@sealcard/protocol'
import { useWords } from '../../i18n/words'
import { CardLink } from '../../ui/card-title'
import { OpenLink } from '../../ui/details-drawer'
import { ListPage } from '../../ui/list/list-page'
import { Person } from '../../ui/person'
import { Time } from '../../ui/time'
import { Decision, Reason } from './decision'
import { OpeningDrawer } from './opening-drawer'
import { WatermarkSearch } from './watermark-search'
import { openingsWords } from './words'

const DECISIONS = ['granted', 'refused', 'rejected'] as const

/** Every opening, newest first, and the search for the owner of a watermark. */
export const OpeningsPage = () => {
  const t = useWords(openingsWords)
  return (
    <ListPage<AdminOpening>
      title={t('title')}
      lead={`${t('lead')} ${t('decision.hint')}`}
      path="openings"
      rowKey={({ id }) => id}
      filters={[
        {
          kind: 'choice',
          name: 'decision',
          label: t('decision'),
          options: DECISIONS.map((value) => ({ value, label: t(value) })),
        },
        { kind: 'range' },
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
        { title: t('who'), cell: ({ viewer }) => <Person {...viewer} /> },
        {
          title: t('card'),
          cell: ({ card }) => (card ? <CardLink card={card} /> : t('card.none')),
        },
        { title: t('decision'), cell: ({ decision }) => <Decision decision={decision} /> },
        { title: t('reason'), cell: ({ reason }) => <Reason reason={reason} /> },
      ]}
      empty={{ title: t('none'), hint: t('none-hint') }}
      exported={{ path: 'openings/export', needs: 'audit' }}
      drawer={(_, row) => <OpeningDrawer opening={row} />}
    >
      <WatermarkSearch />
    </ListPage>
  )
}
