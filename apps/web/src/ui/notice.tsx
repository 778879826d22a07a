import type { ReactNode } from 'react'

interface Props {
  icon: string
  title: string
  text?: string | undefined
  /** A reference for the operator of the service. */
  small?: string | undefined
  /** `h1` where it is the whole page. */
  heading?: 'h1' | 'h2'
  children?: ReactNode
}

/** Says why there is nothing else to see, and what can be done. */
export const Notice = ({ icon, title, text, small, heading: Heading = 'h2', children }: Props) => (
  <section className="notice">
    <div className="notice__icon" aria-hidden="true">
      {icon}
    </div>
    <div role="status">
      <Heading className="notice__title">{title}</Heading>
      {text ? <p className="notice__text">{text}</p> : null}
    </div>
    {children ? <div className="notice__action">{children}</div> : null}
    {small ? <p className="notice__small">{small}</p> : null}
  </section>
)
