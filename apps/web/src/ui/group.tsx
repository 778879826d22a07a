import type { ReactNode } from 'react'

interface GroupProps {
  title?: string
  children: ReactNode
}

/** A block of lines under a heading. */
export const Group = ({ title, children }: GroupProps) => (
  <section className="group">
    {title ? <h2 className="group__title">{title}</h2> : null}
    <div className="group__lines">{children}</div>
  </section>
)

interface LineProps {
  label: string
  /** Under the label, smaller; one line each. */
  detail?: string
  /** At the end. */
  value?: ReactNode
}

export const Line = ({ label, detail, value }: LineProps) => (
  <div className="line">
    <div className="line__main">
      <span className="line__label">{label}</span>
      {detail ? <span className="line__detail">{detail}</span> : null}
    </div>
    {value === undefined ? null : <div className="line__value">{value}</div>}
  </div>
)
