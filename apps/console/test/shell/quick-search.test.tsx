import { act, fireEvent, screen, waitFor } from '@testing-library/react'
import { fakeServices, show } from '../kit/fake-services'
import { CARD, pageOf, PERSON } from '../screens/things'

const answers = {
  'GET apps': { items: [{ id: 'finance-wecom' }] },
  'GET cards': pageOf(CARD),
  'GET viewers': pageOf(PERSON),
}
const open = async (at = '/overview') => {
  const fake = fakeServices(answers)
  const shown = show(fake.services, at)
  const box = await screen.findByRole('combobox', { name: 'Find' })
  return { ...fake, ...shown, box }
}
const type = (box: HTMLElement, value: string) => {
  fireEvent.change(box, { target: { value } })
}

it('is reached by / and by Ctrl-K, and / stays a letter where one writes', async () => {
  const { box } = await open()
  fireEvent.keyDown(document.body, { key: '/' })
  expect(document.activeElement).toBe(box)
  expect(fireEvent.keyDown(box, { key: '/' })).toBe(true)
  act(() => {
    box.blur()
  })
  fireEvent.keyDown(document.body, { key: 'k', ctrlKey: true })
  expect(document.activeElement).toBe(box)
})

it('finds a card, and Enter opens it', async () => {
  const { box, router, asked } = await open()
  type(box, '奖金')
  await screen.findByRole('option', { name: '季度奖金' })
  expect(asked.find(({ line }) => line === 'GET cards')?.query).toMatchObject({ q: '奖金' })
  fireEvent.keyDown(box, { key: 'Enter', keyCode: 13 })
  await waitFor(() => {
    expect(router.state.location.pathname + router.state.location.search).toBe(
      `/cards?open=${CARD.id}`,
    )
  })
})

it('finds screens and apps from one letter on, and asks the service from two', async () => {
  const { box, asked } = await open('/health')
  type(box, 'f')
  expect(await screen.findByRole('option', { name: 'finance-wecom' })).toBeTruthy()
  expect(asked.some(({ query }) => query['q'] !== undefined)).toBe(false)
  type(box, 'polic')
  expect(await screen.findByRole('option', { name: 'Policy' })).toBeTruthy()
})

it('offers to search the list of cards while the answers are on their way', async () => {
  const { box, router } = await open()
  type(box, 'zz')
  fireEvent.keyDown(box, { key: 'Enter', keyCode: 13 })
  await waitFor(() => {
    expect(router.state.location.search).toBe('?q=zz')
  })
})
