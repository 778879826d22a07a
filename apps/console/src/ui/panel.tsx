import { Typography, theme } from 'antd'
import { type ReactNode, useId } from 'react'

interface Props {
  title?: ReactNode
  /** At the end of the heading. */
  extra?: ReactNode
  children: ReactNode
}

/** A part of a page with a frame, and with a heading where it has a title. */
export const Panel = ({ title, extra, children }: Props) => {
  const { token } = theme.useToken()
  const id = useId()
  return (
    <section
      {...(title !== undefined && { 'aria-labelledby': id })}
      style={{
        padding: 20,
        background: token.colorBgContainer,
        border: `1px solid ${token.colorBorderSecondary}`,
        borderRadius: token.borderRadiusLG,
      }}
    >
      {title !== undefined && (
        <div style={{ display: 'flex', alignItems: 'center', gap: 8, marginBottom: 12 }}>
          <Typography.Title id={id} level={2} style={{ flex: 1, margin: 0, fontSize: 16 }}>
            {title}
          </Typography.Title>
          {extra}
        </div>
      )}
      {children}
    </section>
  )
}
