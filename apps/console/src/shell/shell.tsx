import { Layout, Skeleton, theme } from 'antd'
import { lazy, Suspense } from 'react'
import { Outlet } from 'react-router'
import { useWords } from '../i18n/words'
import { ShellHeader } from './header'
import { MAIN } from './main-id'
import { MainMenu } from './menu'
import { OutageBanner } from '../frame/outage-banner'
import { useServices } from '../services'
import { useStore } from '../store'
import { shellWords } from '../frame/words'

const LoginOver = lazy(() => import('../login/login-over'))

/** The frame around every screen. It stands at once; the screen's code and figures come after it. */
export const Shell = () => {
  const t = useWords(shellWords)
  const { token } = theme.useToken()
  const session = useStore(useServices().sessions.state)
  const line = `1px solid ${token.colorBorderSecondary}`
  return (
    <Layout style={{ minHeight: '100vh' }}>
      <a className="skip-link" href={`#${MAIN}`}>
        {t('skip')}
      </a>
      <Layout.Sider
        width={208}
        breakpoint="lg"
        collapsedWidth={56}
        style={{ borderInlineEnd: line }}
      >
        <div
          style={{
            padding: '18px 16px',
            fontWeight: 600,
            whiteSpace: 'nowrap',
            overflow: 'hidden',
          }}
        >
          {t('brand')}
        </div>
        <MainMenu />
      </Layout.Sider>
      <Layout>
        <Layout.Header
          style={{
            display: 'flex',
            height: 56,
            padding: '0 24px',
            borderBottom: line,
            lineHeight: 1.5,
          }}
        >
          <ShellHeader />
        </Layout.Header>
        <OutageBanner />
        <Layout.Content id={MAIN} tabIndex={-1} style={{ padding: 24, outline: 'none' }}>
          <Suspense fallback={<Skeleton active />}>
            <Outlet />
          </Suspense>
        </Layout.Content>
      </Layout>
      {session.kind === 'lost' && (
        <Suspense>
          <LoginOver />
        </Suspense>
      )}
    </Layout>
  )
}
