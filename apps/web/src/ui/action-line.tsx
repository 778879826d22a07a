interface Props {
  label: string
  detail?: string
  danger?: boolean
  /** Work is under way. */
  busy?: boolean
  /** Where it leads, instead of doing something. */
  href?: string
  onClick?: () => void
}

/** A line of a group that does something, or leads somewhere. */
export const ActionLine = ({ label, detail, danger, busy, href, onClick }: Props) => {
  const className = `line action-line ${danger ? 'action-line--danger' : ''}`
  const inside = (
    <>
      <span className="line__main">
        <span className="line__label">{label}</span>
        {detail ? <span className="line__detail">{detail}</span> : null}
      </span>
      <span className="line__value" aria-hidden="true">
        ›
      </span>
    </>
  )
  if (href !== undefined) {
    return (
      <a className={className} href={href}>
        {inside}
      </a>
    )
  }
  return (
    <button
      type="button"
      className={className}
      aria-disabled={busy || undefined}
      onClick={() => {
        if (!busy) onClick?.()
      }}
    >
      {inside}
    </button>
  )
}
