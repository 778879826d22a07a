import { act, fireEvent, screen, waitFor } from '@testing-library/react'
import { failure, fakeServices, show } from '../kit/fake-services'
import { CARD, pageOf, PERSON } from '../screens/things'

const answers = {
  'GET apps': { items: [{ id: 'finance-wecom' }] },
  'GET cards': pageOf(CARD),
  'GET viewers': pageOf(PERSON),
}
const PAUSE = 250
const open = async (at = '/overview', more = {}) => {
  const fake = fakeServices({ ...answers, ...more })
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
  const { box, router, asked, pass } = await open()
  type(box, '奖金')
  act(() => {
    pass(PAUSE)
  })
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
  const { box, asked, pass } = await open('/health')
  type(box, 'f')
  act(() => {
    pass(PAUSE)
  })
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

describe('the search of the service', () => {
  const searches = (asked: { line: string; query: Record<string, unknown> }[]) =>
    asked.filter(({ line }) => line === 'GET cards').map(({ query }) => query['q'])

  it('asks once, after a pause, for what stands there then, and says that it searches', async () => {
    const { box, asked, pass } = await open('/health')
    for (const text of ['季度', '季度奖', '季度奖金']) {
      type(box, text)
      act(() => {
        pass(PAUSE - 1)
      })
    }
    expect(searches(asked)).toEqual([])
    expect(screen.getByText('Searching cards and people…')).toBeTruthy()
    act(() => {
      pass(1)
    })
    await screen.findByRole('option', { name: '季度奖金' })
    expect(searches(asked)).toEqual(['季度奖金'])
    await waitFor(() => expect(screen.queryByText('Searching cards and people…')).toBeNull())
  })

  it('says that nothing was found', async () => {
    const { box, pass } = await open('/health', { 'GET cards': pageOf(), 'GET viewers': pageOf() })
    type(box, 'zz')
    act(() => {
      pass(PAUSE)
    })
    expect(await screen.findByText('No card and no person found')).toBeTruthy()
  })

  it('says that it failed', async () => {
    const { box, pass } = await open('/health', { 'GET cards': failure('ERR_RATE_LIMITED', 429) })
    type(box, 'zz')
    act(() => {
      pass(PAUSE)
    })
    expect(await screen.findByText(/The search failed: Too many requests/)).toBeTruthy()
  })
})
