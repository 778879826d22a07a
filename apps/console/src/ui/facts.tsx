import { Typography } from 'antd'
import type { ReactNode } from 'react'

/** Names and values, as a list of descriptions. */
export const Facts = ({ facts }: { facts: readonly (readonly [string, ReactNode])[] }) => (
  <dl
    style={{
      display: 'grid',
      gridTemplateColumns: 'auto 1fr',
      alignItems: 'baseline',
      gap: '8px 16px',
      margin: 0,
    }}
  >
    {facts.map(([name, value]) => (
      <div key={name} style={{ display: 'contents' }}>
        <dt>
          <Typography.Text type="secondary">{name}</Typography.Text>
        </dt>
        <dd style={{ margin: 0, overflowWrap: 'anywhere' }}>{value}</dd>
      </div>
    ))}
  </dl>
)
