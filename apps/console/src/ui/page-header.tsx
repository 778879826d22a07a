import { Flex, Typography } from 'antd'
import { type ReactNode, useEffect } from 'react'

interface Props {
  title: string
  /** Beside the title, e.g. the state. */
  beside?: ReactNode
  /** One line that says what this is. */
  lead?: ReactNode
  actions?: ReactNode
}

/** The heading of a screen; also the title of the browser's tab. */
export const PageHeader = ({ title, beside, lead, actions }: Props) => {
  useEffect(() => {
    document.title = `${title} · 封笺 Sealcard`
  }, [title])
  return (
    <header style={{ marginBottom: 16 }}>
      <Flex justify="space-between" align="center" wrap gap={8}>
        <Flex align="center" gap={12}>
          <Typography.Title level={1} style={{ margin: 0, fontSize: 22 }}>
            {title}
          </Typography.Title>
          {beside}
        </Flex>
        {actions && (
          <Flex gap={8} wrap>
            {actions}
          </Flex>
        )}
      </Flex>
      {lead && (
        <Typography.Paragraph type="secondary" style={{ margin: '4px 0 0' }}>
          {lead}
        </Typography.Paragraph>
      )}
    </header>
  )
}
