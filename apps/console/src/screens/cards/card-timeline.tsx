import type { CardTimeline as Events } from '@sealcard/protocol'
import { Timeline, Typography } from 'antd'
import { Link } from 'react-router'
import { useRead } from '../../api/hooks'
import { useWords } from '../../i18n/words'
import { Loaded } from '../../ui/loaded'
import { Sentence } from '../../ui/sentence'
import { Time } from '../../ui/time'
import { cardsWords } from './words'

/** What happened to a card, newest first. */
export const CardTimeline = ({ id }: { id: string }) => {
  const t = useWords(cardsWords)
  const read = useRead<Events>(`cards/${id}/timeline`)
  return (
    <Loaded read={read}>
      {({ items, more }) =>
        items.length === 0 ? (
          <Typography.Text type="secondary">{t('timeline.none')}</Typography.Text>
        ) : (
          <>
            <Timeline
              items={items.map((event) => ({
                key: event.id,
                color: event.decision === 'granted' || event.decision === 'done' ? 'blue' : 'gray',
                content: (
                  <>
                    <Sentence what={event} />{' '}
                    <Typography.Text type="secondary">
                      <Time at={event.at} full />
                    </Typography.Text>
                  </>
                ),
              }))}
            />
            {more && <Link to={`/openings?card=${id}`}>{t('timeline.more')}</Link>}
          </>
        )
      }
    </Loaded>
  )
}
