import { Typography } from 'antd'
import { type ReactElement, type ReactNode, useId } from 'react'

interface Props {
  label: string
  hint?: ReactNode
  /** What is wrong with what was typed. */
  mistake?: string | undefined
  /** Draws the control. @param id for the control @param describedBy for its `aria-describedby` */
  children: (id: string, describedBy: string) => ReactElement
}

/** A control with its label, its hint and its mistake. */
export const Field = ({ label, hint, mistake, children }: Props) => {
  const id = useId()
  const described = `${id}-hint`
  return (
    <div style={{ marginBottom: 16 }}>
      <label htmlFor={id} style={{ display: 'block', marginBottom: 4 }}>
        {label}
      </label>
      {children(id, described)}
      <div id={described} style={{ fontSize: 12, marginTop: 2 }}>
        {mistake !== undefined && <Typography.Text type="danger">{mistake}</Typography.Text>}
        {mistake === undefined && hint && (
          <Typography.Text type="secondary">{hint}</Typography.Text>
        )}
      </div>
    </div>
  )
}
