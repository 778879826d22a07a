import { theme } from 'antd'
import type { ReactNode } from 'react'

export type Kind = 'good' | 'waiting' | 'bad' | 'off'

/** What state something is in: a colour, and always the word. */
export const State = ({ kind, children }: { kind: Kind; children: ReactNode }) => {
  const { token } = theme.useToken()
  const colors = {
    good: token.colorSuccess,
    waiting: token.colorWarning,
    bad: token.colorError,
    off: token.colorTextTertiary,
  }
  return (
    <span style={{ whiteSpace: 'nowrap' }}>
      <span
        aria-hidden
        style={{
          display: 'inline-block',
          width: 8,
          height: 8,
          marginInlineEnd: 6,
          borderRadius: kind === 'off' ? 0 : 4,
          background: colors[kind],
        }}
      />
      {children}
    </span>
  )
}
