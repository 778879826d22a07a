import { wecomSdk, wecomSdkVersion } from './adapters/wecom-sdk'
import { createRoot } from 'react-dom/client'
import { App } from './app'
import { makeServices } from './make-services'
import { ServicesProvider } from './services'
import './styles/tokens.css'
import './styles/ui.css'
import './styles/features.css'

const services = makeServices(window, window.fetch.bind(window), wecomSdk, wecomSdkVersion)
document.documentElement.lang = services.language === 'zh' ? 'zh-CN' : 'en'

const root = document.getElementById('root')
if (root) {
  createRoot(root).render(
    <ServicesProvider value={services}>
      <App location={window.location} />
    </ServicesProvider>,
  )
}
