import type { PropsWithChildren } from 'react'

const App = ({ children }: PropsWithChildren) => children

export default App
