import { useEffect, useRef } from 'react'
import { useTitle } from '../use-page'

interface Props {
  title: string
  /** Where "back" leads; none on the first page. */
  back?: { href: string; label: string }
  /** At the other end. */
  end?: { href: string; label: string }
}

/** The heading of a view. The keyboard starts here when the view changes, so that its name is read out. */
export const Top = ({ title, back, end }: Props) => {
  const heading = useRef<HTMLHeadingElement>(null)
  useTitle(title)
  useEffect(() => {
    heading.current?.focus({ preventScroll: true })
    window.scrollTo(0, 0)
  }, [])
  return (
    <header className="top">
      {back ? (
        <a className="top__back" href={back.href} aria-label={back.label}>
          <span aria-hidden="true">‹</span>
        </a>
      ) : null}
      <h1 ref={heading} className="top__title" tabIndex={-1}>
        {title}
      </h1>
      {end ? (
        <a className="top__end" href={end.href}>
          {end.label}
        </a>
      ) : null}
    </header>
  )
}
