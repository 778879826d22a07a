import type { AuditChain, AuditEntry } from '@sealcard/protocol'
import { fireEvent, screen, within } from '@testing-library/react'
import { expectedPlaces } from '../../src/screens/audit/expected-places'
import { ADMIN, failure, fakeServices, show } from '../kit/fake-services'

const HASH = 'a'.repeat(64)
const person = {
  kind: 'person',
  id: 'p1',
  name: 'Chen Mo',
  nameFrom: 'self',
  code: '7K3Q9F',
} as const
const card = { kind: 'card', id: 'c1', name: 'Bonus' } as const
const entry = (change: Partial<AuditEntry> = {}): AuditEntry => ({
  chainId: 'chain',
  seq: 7,
  at: '2026-11-28T07:00:00Z',
  kind: 'opening',
  actor: 'p1',
  subject: 's1',
  decision: 'refused',
  reason: 'proof_used network=203.0.113.0/24',
  hash: HASH,
  by: person,
  about: card,
  ...change,
})
const page = (...items: AuditEntry[]) => ({ items, nextCursor: null })

describe('the entries of the audit', () => {
  it('say in words who did what to what, and how it was decided', async () => {
    const { services } = fakeServices({ 'GET audit': page(entry()) })
    show(services, '/audit')
    const row = await screen.findByRole('row', { name: /Opened a card/ })
    expect(within(row).getByText('Chen Mo')).toBeTruthy()
    expect(within(row).getByRole('link', { name: 'Bonus' })).toBeTruthy()
    expect(within(row).getByText('refused')).toBeTruthy()
  })

  it('open beside the list, with the reason in words and the place in its chain', async () => {
    const { services } = fakeServices({ 'GET audit': page(entry()) })
    show(services, '/audit?open=chain%3A7')
    expect(await screen.findByText(/The proof was used before/)).toBeTruthy()
    expect(screen.getByText('chain:7')).toBeTruthy()
  })

  it('send their filters to the service, and the export has none', async () => {
    const { services, asked } = fakeServices({ 'GET audit': page(entry()) })
    show(services, '/audit?kind=opening&actor=p1')
    await screen.findByRole('row', { name: /Opened a card/ })
    const { query } = asked.find(({ line }) => line === 'GET audit') ?? {}
    expect(query).toMatchObject({ kind: 'opening', actor: 'p1' })
    fireEvent.click(screen.getByRole('button', { name: /Export/ }))
    const link = await screen.findByRole('link', { name: 'Export CSV' })
    expect(link.getAttribute('href')).toBe('/v1/admin/audit/export?format=csv')
  })

  it.each([
    ['/audit', 'No audit entries yet'],
    ['/audit?kind=opening', 'Nothing matches these filters'],
  ])('at %s say that there is nothing: %s', async (at, words) => {
    const { services } = fakeServices({ 'GET audit': page() })
    show(services, at)
    expect(await screen.findByText(words)).toBeTruthy()
  })

  it('say why they could not be read, and try again', async () => {
    const { services, table } = fakeServices({ 'GET audit': failure('ERR_INTERNAL', 500) })
    show(services, '/audit')
    expect(await screen.findByText('This could not be read')).toBeTruthy()
    table['GET audit'] = page(entry())
    fireEvent.click(screen.getByRole('button', { name: 'Try again' }))
    expect(await screen.findByRole('row', { name: /Opened a card/ })).toBeTruthy()
  })

  it('are not asked for by a role that may not read them, which is told who may', async () => {
    const session = { ...ADMIN, role: 'operator' } as const
    const { services, asked } = fakeServices({}, { session })
    show(services, '/audit')
    expect(await screen.findByText('Needs the role: admin or auditor')).toBeTruthy()
    expect(asked.some(({ line }) => line === 'GET audit')).toBe(false)
  })
})

describe('the verification', () => {
  const chain: AuditChain = {
    id: 'chain',
    startedAt: '2026-11-28T06:00:00Z',
    follows: null,
    head: { seq: 12, at: '2026-11-28T07:00:00Z', hash: HASH },
    checkpoints: [{ seq: 10, at: '2026-11-28T06:50:00Z', hash: HASH }],
  }
  const answers = {
    'GET audit/chains': { items: [chain], nextCursor: null },
    'GET system': { verified: null },
  }

  it('draws the chains, and gives the latest checkpoint to copy', async () => {
    const { services, copied } = fakeServices(answers)
    show(services, '/audit/verify')
    expect(await screen.findByRole('img', { name: /^1 chains, from / })).toBeTruthy()
    fireEvent.click(screen.getByRole('button', { name: `Copy chain:10:${HASH}` }))
    expect(copied).toEqual([`chain:10:${HASH}`])
  })

  it('sends the places that were noted elsewhere, and says what it found', async () => {
    const report = { intact: true, chains: 1, entries: 12, faults: [] }
    const { services, asked } = fakeServices({ ...answers, 'POST audit/verify': report })
    show(services, '/audit/verify')
    const expect_ = await screen.findByLabelText('Checkpoints noted elsewhere (one a line)')
    fireEvent.change(expect_, { target: { value: `chain:10:${HASH}\n` } })
    fireEvent.click(screen.getByRole('button', { name: 'Verify' }))
    expect(await screen.findByText('Intact')).toBeTruthy()
    const { body } = asked.find(({ line }) => line === 'POST audit/verify') ?? {}
    expect(body).toEqual({ expect: [{ chainId: 'chain', seq: 10, hash: HASH }] })
  })

  it('names each fault, and says what to do first', async () => {
    const faults = [{ chainId: 'chain', seq: 2, what: 'was changed' }]
    const report = { intact: false, chains: 1, entries: 12, faults }
    const { services } = fakeServices({ ...answers, 'POST audit/verify': report })
    show(services, '/audit/verify')
    fireEvent.click(await screen.findByRole('button', { name: 'Verify' }))
    expect(await screen.findByText('was changed')).toBeTruthy()
    expect(screen.getByText(/Keep a copy of the database/)).toBeTruthy()
  })

  it('is not begun with a line that is no place', async () => {
    const { services } = fakeServices(answers)
    show(services, '/audit/verify')
    const field = await screen.findByLabelText('Checkpoints noted elsewhere (one a line)')
    fireEvent.change(field, { target: { value: `chain:10:${HASH}\nnonsense` } })
    expect(await screen.findByText('Line 2 is not chain:number:hash')).toBeTruthy()
    expect(screen.getByRole('button', { name: 'Verify' }).hasAttribute('disabled')).toBe(true)
  })

  it('reads places line by line, and leaves out empty ones', () => {
    expect(expectedPlaces(`\n a:1:${HASH} \n`)).toEqual([{ chainId: 'a', seq: 1, hash: HASH }])
    expect(expectedPlaces('a:1')).toBe(1)
    expect(expectedPlaces('')).toEqual([])
  })
})
