import { screen } from '@testing-library/react'
import { fakeServices, show } from '../kit/fake-services'
import { pageOf, REQUEST } from './things'

it('shows who asked whom for which card, and what became of it', async () => {
  const { services } = fakeServices({
    'GET requests': pageOf(
      REQUEST,
      { ...REQUEST, id: 'request-2', dismissedAt: REQUEST.at },
      { ...REQUEST, id: 'request-3', card: null, owner: null },
    ),
  })
  show(services, '/requests')
  expect(await screen.findByText('Waits for the owner')).toBeTruthy()
  expect(screen.getByText('Put aside by the owner')).toBeTruthy()
  expect(screen.getByText('Reached nobody')).toBeTruthy()
})

it('opens a request by its address', async () => {
  const { services } = fakeServices({ 'GET requests': pageOf(REQUEST) })
  show(services, '/requests?open=request-1')
  expect(await screen.findByText("Request's id")).toBeTruthy()
})
