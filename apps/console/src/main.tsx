import { createRoot } from 'react-dom/client'
import { createBrowserRouter } from 'react-router'
import { App } from './app'
import { makeServices } from './make-services'
import { ROUTES } from './routes'

const root = document.getElementById('root')
if (root) {
  const services = makeServices(window, window.fetch.bind(window))
  const router = createBrowserRouter(ROUTES, { basename: '/console' })
  createRoot(root).render(<App services={services} router={router} />)
}
