import { theme } from 'antd'
import { Link } from 'react-router'

interface Props {
  label: string
  sections: readonly { to: string; label: string; current: boolean }[]
}

/** The parts of a screen, each with an address of its own. */
export const Sections = ({ label, sections }: Props) => {
  const { token } = theme.useToken()
  return (
    <nav aria-label={label} style={{ display: 'flex', gap: 20, marginBottom: 16 }}>
      {sections.map(({ to, label: name, current }) => (
        <Link
          key={to}
          to={to}
          {...(current && { 'aria-current': 'page' as const })}
          style={{
            padding: '4px 0',
            borderBottom: `2px solid ${current ? token.colorPrimary : 'transparent'}`,
            color: current ? token.colorText : token.colorTextSecondary,
            fontWeight: current ? 600 : 400,
          }}
        >
          {name}
        </Link>
      ))}
    </nav>
  )
}
