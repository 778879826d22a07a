import type { UseQueryResult } from '@tanstack/react-query'
import type { Overview } from '@sealcard/protocol'
import { Flex, Skeleton, Typography } from 'antd'
import type { ReactNode } from 'react'
import { Link } from 'react-router'
import type { ApiFailure } from '../../api/failure'
import { formatNumber, relativeTime } from '../../i18n/format'
import { useLanguage, useWords } from '../../i18n/words'
import { FailureNotice } from '../../ui/failure-notice'
import { Panel } from '../../ui/panel'
import { State } from '../../ui/state'
import { useNow } from '../../ui/time'
import { overviewWords } from './words'

/** Each figure leads to what it counts. */
export const Figures = ({ read }: { read: UseQueryResult<Overview, ApiFailure> }) => {
  const t = useWords(overviewWords)
  const language = useLanguage()
  const now = useNow()
  const { data, error } = read
  const n = (value: number) => formatNumber(value, language)
  if (!data && error) return <FailureNotice error={error} retry={() => void read.refetch()} />
  const first = data?.expiring.next[0]?.expiresAt
  return (
    <Flex gap={16} wrap>
      <Figure
        name={t('opened')}
        to="/openings?decision=granted"
        value={data && n(data.opened.today)}
        beside={data && t('yesterday', { n: n(data.opened.yesterday) })}
      />
      <Figure
        name={t('refused')}
        to="/openings?decision=rejected"
        value={data && n(data.refused.today)}
        beside={data && t('yesterday', { n: n(data.refused.yesterday) })}
      />
      <Figure
        name={t('expiring')}
        to="/cards?status=active"
        value={data && n(data.expiring.count) + (data.expiring.more ? '+' : '')}
        beside={
          data &&
          (first
            ? t('expiring.next', { when: relativeTime(first, now, language) })
            : t('expiring.none'))
        }
      />
      <Figure
        name={t('platforms')}
        to="/health"
        value={data && t('platforms.well', { ...data.platforms })}
        beside={data && <Platforms {...data.platforms} />}
      />
    </Flex>
  )
}

const Platforms = ({ apps, well }: Overview['platforms']) => {
  const t = useWords(overviewWords)
  return well < apps ? (
    <State kind="bad">{t('platforms.bad')}</State>
  ) : (
    <State kind="good">{t('platforms.good')}</State>
  )
}

interface FigureProps {
  name: string
  to: string
  value: string | undefined
  beside: ReactNode
}

const Figure = ({ name, to, value, beside }: FigureProps) => (
  <div style={{ flex: '1 1 180px' }}>
    <Panel>
      <Link to={to}>{name}</Link>
      <div style={{ fontSize: 28, lineHeight: '40px', fontVariantNumeric: 'tabular-nums' }}>
        {value ?? <Skeleton.Input active size="small" />}
      </div>
      <Typography.Text type="secondary" style={{ fontSize: 12 }}>
        {beside ?? ' '}
      </Typography.Text>
    </Panel>
  </div>
)
