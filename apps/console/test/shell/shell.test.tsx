import { screen } from '@testing-library/react'
import { SCREENS } from '../../src/screens/registry'
import { failure, fakeServices, show } from '../kit/fake-services'

it('shows the menu with every screen that exists, and none that does not', async () => {
  const { services } = fakeServices()
  show(services)
  const menu = await screen.findByRole('navigation', { name: 'Menu' })
  const names = [...menu.querySelectorAll('a')].map(({ textContent }) => textContent)
  expect(names).toEqual(SCREENS.map(({ words }) => words.en))
})

it('shows the log-in to who is not logged in, at the address that they came for', async () => {
  const { services } = fakeServices({ 'GET session': failure('ERR_SESSION', 401) })
  const { router } = show(services, '/overview?app=demo')
  expect(await screen.findByRole('heading', { name: 'Log in to the console' })).toBeTruthy()
  expect(router.state.location.pathname + router.state.location.search).toBe('/overview?app=demo')
})
