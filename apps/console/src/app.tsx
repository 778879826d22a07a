import { QueryClientProvider } from '@tanstack/react-query'
import { type DataRouter, RouterProvider } from 'react-router'
import { type Services, ServicesProvider } from './services'

/** @param router over `ROUTES` */
export const App = ({ services, router }: { services: Services; router: DataRouter }) => (
  <ServicesProvider value={services}>
    <QueryClientProvider client={services.queries}>
      <RouterProvider router={router} />
    </QueryClientProvider>
  </ServicesProvider>
)
