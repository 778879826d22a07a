import type { ReactNode } from 'react'

interface Props {
  label: string
  /** At the end. */
  value?: string
  children: ReactNode
}

/** A line that shows what is below it only when it is asked for. */
export const Fold = ({ label, value, children }: Props) => (
  <details className="fold">
    <summary className="line fold__line">
      <span className="line__main">{label}</span>
      {value === undefined ? null : <span className="line__value">{value}</span>}
    </summary>
    <div className="fold__content">{children}</div>
  </details>
)
