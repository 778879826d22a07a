import { Flex, Typography } from 'antd'
import { type ReactNode, useEffect } from 'react'
import { useWords } from '../i18n/words'
import { LanguageMenu, ThemeMenu } from '../frame/preferences'
import { OutageBanner } from '../frame/outage-banner'
import { shellWords } from '../frame/words'
import { Panel } from '../ui/panel'

interface Props {
  title: string
  wide?: boolean
  children: ReactNode
}

/** A page without the shell: log-in, set-up. */
export const Alone = ({ title, wide, children }: Props) => {
  const t = useWords(shellWords)
  useEffect(() => {
    document.title = `${title} · 封笺 Sealcard`
  }, [title])
  return (
    <>
      <OutageBanner />
      <Flex component="main" justify="center" style={{ padding: '8vh 16px', minHeight: '84vh' }}>
        <div style={{ width: '100%', maxWidth: wide ? 720 : 440 }}>
          <Flex justify="space-between" align="center" style={{ marginBottom: 16 }}>
            <Typography.Text strong>
              {t('brand')} · {t('console')}
            </Typography.Text>
            <span>
              <LanguageMenu />
              <ThemeMenu />
            </span>
          </Flex>
          <Panel>
            <Typography.Title level={1} style={{ fontSize: 22, marginTop: 0 }}>
              {title}
            </Typography.Title>
            {children}
          </Panel>
        </div>
      </Flex>
    </>
  )
}
