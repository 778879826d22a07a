import type { ActivityPage, Overview } from '@sealcard/protocol'
import { Flex, Typography } from 'antd'
import { Link } from 'react-router'
import { useRead } from '../../api/hooks'
import { useWords } from '../../i18n/words'
import { Loaded } from '../../ui/loaded'
import { PageHeader } from '../../ui/page-header'
import { Panel } from '../../ui/panel'
import { Sentence } from '../../ui/sentence'
import { Time } from '../../ui/time'
import { useAppFilter } from '../../ui/use-address'
import { Figures } from './figures'
import { overviewWords } from './words'

const ASK_MS = 30_000
const LINES = 20

/** Four figures, and what happened last. The frame stands at once; each part comes by itself. */
export const OverviewPage = () => {
  const t = useWords(overviewWords)
  const app = useAppFilter()
  const overview = useRead<Overview>('overview', { app }, { every: ASK_MS, keep: true })
  return (
    <>
      <PageHeader title={t('title')} lead={t('lead')} />
      <Figures read={overview} />
      <Flex gap={16} wrap align="start" style={{ marginTop: 16 }}>
        <div style={{ flex: '2 1 420px', minWidth: 0 }}>
          <Feed />
        </div>
        <div style={{ flex: '1 1 280px', minWidth: 0 }}>
          <Panel title={t('expiring.title')}>
            <Loaded read={overview} rows={3}>
              {({ expiring: { next } }) =>
                next.length === 0 ? (
                  <Typography.Text type="secondary">{t('expiring.none')}</Typography.Text>
                ) : (
                  <Lines>
                    {next.map(({ id, title, expiresAt }) => (
                      <Line key={id} at={expiresAt}>
                        <Link to={`/cards?open=${id}`}>
                          <bdi>{title}</bdi>
                        </Link>
                      </Line>
                    ))}
                  </Lines>
                )
              }
            </Loaded>
          </Panel>
        </div>
      </Flex>
    </>
  )
}

const Feed = () => {
  const t = useWords(overviewWords)
  const activity = useRead<ActivityPage>(
    'activity',
    { limit: LINES },
    { every: ASK_MS, keep: true },
  )
  return (
    <Panel title={t('feed.title')} extra={<Link to="/openings">{t('feed.more')}</Link>}>
      <Loaded read={activity} rows={8}>
        {({ items }) =>
          items.length === 0 ? (
            <Typography.Text type="secondary">{t('feed.empty')}</Typography.Text>
          ) : (
            <Lines>
              {items.map((line) => (
                <Line key={line.id} at={line.at}>
                  <Sentence what={line} />
                </Line>
              ))}
            </Lines>
          )
        }
      </Loaded>
    </Panel>
  )
}

const Lines = ({ children }: { children: React.ReactNode }) => (
  <ul style={{ margin: 0, padding: 0, listStyle: 'none' }}>{children}</ul>
)

const Line = ({ at, children }: { at: string | null; children: React.ReactNode }) => (
  <li style={{ display: 'flex', gap: 12, padding: '6px 0' }}>
    <span style={{ flex: 1, minWidth: 0, overflowWrap: 'anywhere' }}>{children}</span>
    <Typography.Text type="secondary" style={{ whiteSpace: 'nowrap' }}>
      <Time at={at} />
    </Typography.Text>
  </li>
)
