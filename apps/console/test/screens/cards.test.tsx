import { fireEvent, screen, within } from '@testing-library/react'
import { ADMIN, failure, fakeServices, show } from '../kit/fake-services'
import { CARD, CHEN, LIN, pageOf, WHOLE_CARD } from './things'

const answers = {
  'GET cards': pageOf(CARD),
  'GET cards/card-1': WHOLE_CARD,
  'GET cards/card-1/timeline': {
    items: [
      {
        id: 'e1',
        at: CARD.createdAt,
        kind: 'opening',
        decision: 'granted',
        by: { kind: 'person', ...CHEN },
        about: { kind: 'card', id: CARD.id, name: CARD.title },
        reason: null,
      },
    ],
    more: true,
  },
  'GET cards/card-1/roster': pageOf({
    viewer: CHEN,
    firstAt: CARD.createdAt,
    lastAt: CARD.createdAt,
    count: 5,
    share: { id: 'share-1', label: '财务群' },
  }),
}

it('lists cards with owner, state and counts, and asks by the filters of the address', async () => {
  const { services, asked } = fakeServices(answers)
  show(services, '/cards?q=%E5%A5%96%E9%87%91&status=active&app=demo')
  const row = (await screen.findByText('季度奖金')).closest('tr') as HTMLElement
  expect(within(row).getByRole('link', { name: /林晓/ }).getAttribute('href')).toBe(
    `/people?open=${LIN.id}`,
  )
  expect(within(row).getByText('Active')).toBeTruthy()
  expect(within(row).getByText('2 / 5 / 7')).toBeTruthy()
  expect(asked.find(({ line }) => line === 'GET cards')?.query).toMatchObject({
    q: '奖金',
    status: 'active',
    app: 'demo',
  })
})

it('says what cards are when there are none, and that nothing matches when filters are set', async () => {
  const empty = { ...answers, 'GET cards': pageOf() }
  const first = show(fakeServices(empty).services, '/cards')
  expect(await screen.findByText('There are no cards yet')).toBeTruthy()
  first.unmount()
  show(fakeServices(empty).services, '/cards?status=expired')
  expect(await screen.findByText('Nothing matches these filters')).toBeTruthy()
})

it('shows why the list could not be read, and reads it again', async () => {
  const fake = fakeServices({ ...answers, 'GET cards': failure('ERR_INTERNAL', 500) })
  show(fake.services, '/cards')
  const retry = await screen.findByRole('button', { name: 'Try again' })
  fake.table['GET cards'] = pageOf(CARD)
  fireEvent.click(retry)
  expect(await screen.findByText('季度奖金')).toBeTruthy()
})

it('opens a card in a drawer: readers, timeline, shares and facts, and no words', async () => {
  const { services } = fakeServices(answers)
  show(services, '/cards?open=card-1')
  const drawer = within(await screen.findByRole('dialog'))
  expect(await drawer.findByText(/The words of a card are never shown/)).toBeTruthy()
  expect(await drawer.findByText('财务群')).toBeTruthy()
  fireEvent.click(drawer.getByRole('tab', { name: 'Timeline' }))
  expect(await drawer.findByText('Earlier ones are in the openings')).toBeTruthy()
  fireEvent.click(drawer.getByRole('tab', { name: 'Facts' }))
  expect(drawer.getByText('People at most').closest('div')?.textContent).toContain('3')
  fireEvent.click(drawer.getByRole('tab', { name: 'Shares 1' }))
  expect(await drawer.findByText('WeChat')).toBeTruthy()
})

it('revokes a card for a reason, and says how many readers it had', async () => {
  const { services, asked } = fakeServices({
    ...answers,
    'POST cards/card-1/revoke': { ...WHOLE_CARD, status: 'revoked' },
  })
  show(services, '/cards?open=card-1')
  fireEvent.click(await screen.findByRole('button', { name: 'Revoke' }))
  expect(await screen.findByText(/Revokes cards: 1. Readers so far: 2/)).toBeTruthy()
  fireEvent.click(screen.getByRole('button', { name: 'A leak is suspected' }))
  const confirm = screen.getAllByRole<HTMLButtonElement>('button', { name: 'Revoke' }).at(-1)
  fireEvent.submit(confirm?.form as HTMLFormElement)
  expect(await screen.findByText(/Revoked cards: 1/)).toBeTruthy()
  expect(asked.find(({ line }) => line.startsWith('POST'))?.body).toEqual({
    reason: 'A leak is suspected',
  })
})

it('revokes the chosen cards after their number is typed, and tells which failed', async () => {
  const other = { ...CARD, id: 'card-2', title: '裁员名单' }
  const { services, asked } = fakeServices({
    ...answers,
    'GET cards': pageOf(CARD, other),
    'POST cards/card-1/revoke': WHOLE_CARD,
    'POST cards/card-2/revoke': failure('ERR_STORAGE_UNAVAILABLE', 503),
  })
  show(services, '/cards')
  await screen.findByText('裁员名单')
  fireEvent.click(screen.getAllByRole('checkbox')[0] as HTMLElement)
  fireEvent.click(await screen.findByRole('button', { name: 'Revoke the chosen' }))
  fireEvent.click(await screen.findByRole('button', { name: 'The person left' }))
  const confirm = screen
    .getAllByRole<HTMLButtonElement>('button', { name: 'Revoke the chosen' })
    .at(-1) as HTMLButtonElement
  expect(confirm.disabled).toBe(true)
  fireEvent.change(screen.getByLabelText('Type “2” to confirm'), { target: { value: '2' } })
  fireEvent.submit(confirm.form as HTMLFormElement)
  expect(await screen.findByText(/Not revoked: 1/)).toBeTruthy()
  expect(asked.filter(({ line }) => line.startsWith('POST'))).toHaveLength(2)
})

it('shows an auditor the control disabled, with the roles that may', async () => {
  const { services } = fakeServices(answers, { session: { ...ADMIN, role: 'auditor' } })
  show(services, '/cards?open=card-1')
  const button = await screen.findByRole<HTMLButtonElement>('button', { name: 'Revoke' })
  expect(button.disabled).toBe(true)
  expect(screen.getAllByText('Needs the role: admin or operator').length).toBeGreaterThan(0)
})
