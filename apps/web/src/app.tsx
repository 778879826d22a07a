import { DoctorPage } from './pages/doctor-page'
import { OnlyInWecom } from './pages/only-in-wecom'
import { OpenPage } from './pages/open-page'
import { Views } from './pages/views'
import { useRoute } from './routes'
import { useServices } from './services'

/** Which page this is, by its address and by where it is open. */
export const App = ({ location }: { location: Location }) => {
  const { place } = useServices()
  const route = useRoute(location)
  if (place === 'wechat') return <OnlyInWecom shared={route.view === 'open'} />
  if (route.view === 'doctor') return <DoctorPage run={route.run} />
  if (route.view !== 'open') return <Views route={route} />
  if (place === 'browser') return <OnlyInWecom shared />
  return <OpenPage shareId={route.shareId} ask={route.ask} />
}
