import type { PropsWithChildren } from 'react'
import './app.css'

const App = ({ children }: PropsWithChildren) => children

export default App
