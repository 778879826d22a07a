import { wecomSdk, wecomSdkVersion } from './adapters/wecom-sdk'
import { createRoot } from 'react-dom/client'
import { App } from './app'
import { makeServices } from './make-services'
import { ServicesProvider } from './services'
import './styles/tokens.css'
import './styles/ui.css'
import './styles/features.css'
import './styles/settings.css'

const services = makeServices(window, window.fetch.bind(window), wecomSdk, wecomSdkVersion)
const tell = () => {
  document.documentElement.lang = services.languages.language() === 'zh' ? 'zh-CN' : 'en'
}
tell()
services.languages.subscribe(tell)

const root = document.getElementById('root')
if (root) {
  createRoot(root).render(
    <ServicesProvider value={services}>
      <App location={window.location} />
    </ServicesProvider>,
  )
}
