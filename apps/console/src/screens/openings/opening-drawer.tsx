import type { AdminOpening } from '@sealcard/protocol'
import { Flex } from 'antd'
import { Link } from 'react-router'
import { useWords } from '../../i18n/words'
import { CardLink } from '../../ui/card-title'
import { Copy } from '../../ui/copy'
import { DetailsDrawer } from '../../ui/details-drawer'
import { Facts } from '../../ui/facts'
import { Person } from '../../ui/person'
import { Time } from '../../ui/time'
import { Decision, Reason } from './decision'
import { openingsWords } from './words'

export const OpeningDrawer = ({ opening }: { opening: AdminOpening | undefined }) => {
  const t = useWords(openingsWords)
  if (!opening) return <DetailsDrawer title={t('title')}>{t('not-here')}</DetailsDrawer>
  const { id, at, viewer, card, share, decision, reason } = opening
  return (
    <DetailsDrawer title={<Decision decision={decision} />}>
      <Flex vertical gap={16}>
        <Facts
          facts={[
            [t('at'), <Time key="at" at={at} full />],
            [t('who'), <Person key="who" {...viewer} />],
            [t('card'), card ? <CardLink key="card" card={card} /> : t('card.none')],
            [t('reason'), <Reason key="reason" reason={reason} />],
            [t('share'), share ? <Copy key="share" text={share.id} /> : '—'],
            [t('id'), <Copy key="id" text={id} />],
          ]}
        />
        <Link to={`/openings?viewer=${viewer.id}`}>{t('same-person')}</Link>
        {card && <Link to={`/openings?card=${card.id}`}>{t('same-card')}</Link>}
      </Flex>
    </DetailsDrawer>
  )
}
