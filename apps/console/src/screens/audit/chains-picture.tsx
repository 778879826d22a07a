import type { AuditChain } from '@sealcard/protocol'
import { theme } from 'antd'
import { absoluteTime } from '../../i18n/format'
import { useWords } from '../../i18n/words'
import { auditWords } from './words'

const WIDTH = 960
const ROW = 22
const EDGE = 12

/** Each chain is a line in time; a dot is a signed checkpoint, a dashed line leads to the entry that a chain continues. */
export const ChainsPicture = ({ chains }: { chains: AuditChain[] }) => {
  const t = useWords(auditWords)
  const { token } = theme.useToken()
  const from = Math.min(...chains.map(({ startedAt }) => Date.parse(startedAt)))
  const to = Math.max(...chains.map(({ head }) => Date.parse(head.at)), from + 1)
  const x = (at: string) => EDGE + ((Date.parse(at) - from) / (to - from)) * (WIDTH - 2 * EDGE)
  const row = new Map(chains.map(({ id }, i) => [id, EDGE + i * ROW]))
  const label = t('chains.picture', {
    n: chains.length,
    from: absoluteTime(new Date(from).toISOString()),
    to: absoluteTime(new Date(to).toISOString()),
  })
  return (
    <svg
      role="img"
      aria-label={label}
      viewBox={`0 0 ${WIDTH} ${2 * EDGE + (chains.length - 1) * ROW}`}
      style={{ display: 'block', width: '100%', maxHeight: 320, marginBottom: 16 }}
    >
      {chains.map(({ id, startedAt, follows, head, checkpoints }) => {
        const y = row.get(id) ?? 0
        const before = follows && row.get(follows.chainId)
        return (
          <g key={id}>
            {before !== null && before !== undefined && (
              <line
                x1={x(startedAt)}
                x2={x(startedAt)}
                y1={y}
                y2={before}
                stroke={token.colorTextTertiary}
                strokeDasharray="2 3"
              />
            )}
            <line
              x1={x(startedAt)}
              x2={Math.max(x(head.at), x(startedAt) + 4)}
              y1={y}
              y2={y}
              stroke={token.colorPrimary}
              strokeWidth={3}
              strokeLinecap="round"
            />
            {checkpoints.map(({ seq, at }) => (
              <circle key={seq} cx={x(at)} cy={y} r={4} fill={token.colorSuccess} />
            ))}
          </g>
        )
      })}
    </svg>
  )
}
