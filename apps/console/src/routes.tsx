import { App as AntApp, Skeleton } from 'antd'
import { lazy, Suspense, useEffect } from 'react'
import { Navigate, Outlet, type RouteObject } from 'react-router'
import { SCREENS } from './screens/registry'
import { useServices } from './services'
import { CrashedPage, MissingPage } from './shell/missing'
import { OutageBanner } from './frame/outage-banner'
import { Shell } from './shell/shell'
import { Themed } from './frame/theme'
import { useStore } from './store'

const AccountPage = lazy(() => import('./account/account-page'))
const EnrolPage = lazy(() => import('./login/enrol-page'))
const LoginPage = lazy(() => import('./login/login-page'))
const SetupPage = lazy(() => import('./login/setup-page'))

const Root = () => (
  <Themed>
    {/* Inside the router: what antd shows over the page may hold links. */}
    <AntApp>
      <Suspense fallback={<Bones />}>
        <Outlet />
      </Suspense>
    </AntApp>
  </Themed>
)

const Bones = () => (
  <div style={{ padding: 72 }}>
    <Skeleton active />
  </div>
)

/** Who is not logged in logs in at the address that they came for. */
const Gate = () => {
  const { sessions } = useServices()
  const state = useStore(sessions.state)
  useEffect(() => {
    if (sessions.state.get().kind === 'asking') void sessions.ask()
  }, [sessions])
  if (state.kind === 'asking')
    return (
      <>
        <OutageBanner />
        <Bones />
      </>
    )
  if (state.kind === 'out') return <LoginPage />
  if (state.session.enrolled === false) return <EnrolPage />
  return <Shell />
}

export const ROUTES: RouteObject[] = [
  {
    element: <Root />,
    children: [
      { path: '/setup', element: <SetupPage /> },
      {
        path: '/',
        element: <Gate />,
        children: [
          { index: true, element: <Navigate to="/overview" replace /> },
          ...SCREENS.flatMap(({ path, page: Page }) =>
            [path, `${path}/:id`].map((at) => ({
              path: at,
              element: <Page />,
              errorElement: <CrashedPage />,
            })),
          ),
          { path: 'account', element: <AccountPage />, errorElement: <CrashedPage /> },
          { path: '*', element: <MissingPage /> },
        ],
      },
    ],
  },
]
