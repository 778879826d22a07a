import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { PreferencesProvider } from './preferences.js'
import { Single } from './single.js'
import { Wall } from './wall/wall.js'
import './style/index.css'

const phone = /^\/phones\/([^/]+)/.exec(location.pathname)?.[1]
const root = document.getElementById('root')
if (!root) throw new Error('no #root')
createRoot(root).render(
  <StrictMode>
    <PreferencesProvider>
      {phone ? <Single id={decodeURIComponent(phone)} /> : <Wall />}
    </PreferencesProvider>
  </StrictMode>,
)
