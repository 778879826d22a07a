import type { CompanyPolicy } from '@sealcard/protocol'
import { fireEvent, screen, within } from '@testing-library/react'
import { differences, draftDifferences, withRule } from '../../src/screens/policy/rules'
import { ADMIN, failure, fakeServices, show } from '../kit/fake-services'

const policy = (change: Partial<CompanyPolicy> = {}): CompanyPolicy => ({
  default: { maxLifeDays: 7 },
  apps: {},
  version: 3,
  makers: [],
  changedAt: '2026-11-27T08:00:00Z',
  changedBy: 'admin:a1',
  ...change,
})
const apps = { items: [{ id: 'shop', platform: 'wechat', appid: 'wx1' }] }
const answers = (one = policy()) => ({
  'GET apps': apps,
  'GET policy': one,
  'GET policy/makers': { items: [] },
})

describe('the form', () => {
  it('shows at once what people will see when they write a card', async () => {
    const { services } = fakeServices(answers())
    show(services, '/policy')
    expect(await screen.findByText('A card lives 7 days at most.')).toBeTruthy()
    fireEvent.change(screen.getByLabelText('Most readers'), { target: { value: '5' } })
    expect(await screen.findByText('At most 5 people read a card.')).toBeTruthy()
  })

  it('forbids copying, and says so to those who write cards', async () => {
    const { services, asked } = fakeServices({ ...answers(), 'PUT policy': policy({ version: 4 }) })
    show(services, '/policy')
    fireEvent.click(await screen.findByRole('checkbox', { name: 'No card may be copied' }))
    expect(await screen.findByText('Readers can never copy the words.')).toBeTruthy()
    fireEvent.click(await screen.findByRole('button', { name: 'Save' }))
    const dialog = await screen.findByRole('dialog')
    fireEvent.change(within(dialog).getByLabelText(/Reason/), { target: { value: 'a new rule' } })
    fireEvent.click(within(dialog).getByRole('button', { name: 'Save the policy' }))
    await screen.findByText(/Saved as version 4/)
    const { body } = asked.find(({ line }) => line === 'PUT policy') ?? {}
    expect(body).toMatchObject({ default: { maxLifeDays: 7, noCopy: true } })
  })

  it('shows the difference and wants a reason before it saves the whole policy', async () => {
    const saved = policy({ version: 4 })
    const { services, asked } = fakeServices({ ...answers(), 'PUT policy': saved })
    show(services, '/policy')
    fireEvent.change(await screen.findByLabelText('Most readers'), { target: { value: '5' } })
    fireEvent.click(await screen.findByRole('button', { name: 'Save' }))
    const dialog = await screen.findByRole('dialog')
    const row = within(dialog).getByRole('row', { name: /All apps: Most readers/ })
    expect(row.textContent).toBe('All apps: Most readersno limit5')
    const save = within(dialog).getByRole('button', { name: 'Save the policy' })
    expect(save.hasAttribute('disabled')).toBe(true)
    fireEvent.change(within(dialog).getByLabelText(/Reason/), { target: { value: 'a new rule' } })
    fireEvent.click(save)
    expect(await screen.findByText(/Saved as version 4/)).toBeTruthy()
    const { body } = asked.find(({ line }) => line === 'PUT policy') ?? {}
    expect(body).toEqual({
      default: { maxLifeDays: 7, maxViewers: 5 },
      apps: {},
      makers: [],
      version: 3,
      reason: 'a new rule',
    })
  })

  it('keeps what was typed when somebody else changed the policy, and offers the newest', async () => {
    const { services, table } = fakeServices({
      ...answers(),
      'PUT policy': failure('ERR_CONFLICT', 409),
    })
    show(services, '/policy')
    fireEvent.change(await screen.findByLabelText('Most readers'), { target: { value: '5' } })
    fireEvent.click(await screen.findByRole('button', { name: 'Save' }))
    const dialog = await screen.findByRole('dialog')
    fireEvent.change(within(dialog).getByLabelText(/Reason/), { target: { value: 'a new rule' } })
    fireEvent.click(within(dialog).getByRole('button', { name: 'Save the policy' }))
    table['GET policy'] = policy({ version: 4, default: { maxLifeDays: 3 } })
    fireEvent.click(await screen.findByRole('button', { name: /Read the newest policy/ }))
    expect(await within(dialog).findByText('3')).toBeTruthy()
    expect(screen.getByLabelText<HTMLInputElement>('Most readers').value).toBe('5')
  })

  it('gives an app rules of its own, which begin as those for all apps', async () => {
    const { services } = fakeServices(answers())
    show(services, '/policy?app=shop')
    expect(await screen.findByText('shop follows the rules for all apps.')).toBeTruthy()
    fireEvent.click(screen.getByRole('checkbox', { name: 'shop has rules of its own' }))
    const field = await screen.findByLabelText<HTMLInputElement>('Longest life, days')
    expect(field.value).toBe('7')
  })

  it('finds people by name and puts them on the list', async () => {
    const listed = policy({ default: { mayMake: 'listed' } })
    const found = { id: 'p1', name: 'Chen Mo', nameFrom: 'self', code: '7K3Q9F', app: 'shop' }
    const { services } = fakeServices({
      ...answers(listed),
      'GET viewers': { items: [found], nextCursor: null },
    })
    show(services, '/policy')
    expect(await screen.findByText(/The list is empty/)).toBeTruthy()
    fireEvent.change(screen.getByLabelText('Find by name or code'), { target: { value: 'Chen' } })
    fireEvent.click(screen.getByRole('button', { name: 'Search' }))
    fireEvent.click(await screen.findByRole('button', { name: 'Add Chen Mo' }))
    expect(await screen.findByRole('button', { name: 'Remove Chen Mo' })).toBeTruthy()
    expect(screen.getByText('Only the 1 people on the list may write cards.')).toBeTruthy()
  })

  it('is shown disabled to a role that may not change it, with the role that may', async () => {
    const session = { ...ADMIN, role: 'auditor' } as const
    const { services } = fakeServices(answers(), { session })
    show(services, '/policy')
    const field = await screen.findByLabelText('Longest life, days')
    expect(field.hasAttribute('disabled')).toBe(true)
    expect(screen.getByText(/Needs the role: admin/)).toBeTruthy()
  })

  it('says why it could not be read', async () => {
    const { services } = fakeServices({ 'GET policy': failure('ERR_INTERNAL', 500) })
    show(services, '/policy')
    expect(await screen.findByText('This could not be read')).toBeTruthy()
  })
})

describe('the history', () => {
  const by = { kind: 'administrator', id: 'a1', name: 'lin' }
  const version = (n: number, rules: object) => ({
    version: n,
    default: rules,
    apps: {},
    makers: 0,
    changedAt: '2026-11-27T08:00:00Z',
    by,
    reason: 'a rule',
  })
  const items = [version(2, { maxLifeDays: 3 }), version(1, { maxLifeDays: 7 })]
  const history = { ...answers(), 'GET policy/versions': { items, nextCursor: null } }

  it('compares a version with nothing but the one before it', async () => {
    const far = { ...answers(), 'GET policy/versions': { items: [items[0]], nextCursor: null } }
    const { services } = fakeServices(far)
    show(services, '/policy/history?open=2')
    expect(await screen.findByText(/The version before it is not among the last 50/)).toBeTruthy()
    expect(screen.queryByText(/no limit/)).toBeNull()
  })

  it('shows what a version changed, and puts it into the form', async () => {
    const { services } = fakeServices(history)
    show(services, '/policy/history?open=2')
    // Until the list is there, another drawer stands in its place.
    await screen.findByRole('button', { name: 'Put into the form' })
    const drawer = screen.getByRole('dialog')
    const row = await within(drawer).findByRole('row', { name: /Longest life/ })
    expect(row.textContent).toBe('All apps: Longest life, days73')
    fireEvent.click(within(drawer).getByRole('button', { name: 'Put into the form' }))
    const field = await screen.findByLabelText<HTMLInputElement>('Longest life, days')
    expect(field.value).toBe('3')
    expect(await screen.findByText('There are unsaved changes')).toBeTruthy()
  })

  it('says when there is none', async () => {
    const { services } = fakeServices({ 'GET policy/versions': { items: [], nextCursor: null } })
    show(services, '/policy/history')
    expect(await screen.findByText('No history yet')).toBeTruthy()
  })
})

describe('differences', () => {
  it('name the scope and the rule; a flag that is off is no rule', () => {
    const from = { default: { watermark: false }, apps: { a: { maxViewers: 1 } } }
    const to = { default: {}, apps: { b: { maxViewers: 2 } } }
    expect(differences(from, to)).toEqual([
      { app: 'a', kind: 'own', from: true, to: false },
      { app: 'a', kind: 'rule', field: 'maxViewers', from: 1, to: undefined },
      { app: 'b', kind: 'own', from: false, to: true },
      { app: 'b', kind: 'rule', field: 'maxViewers', from: undefined, to: 2 },
    ])
  })

  it('count who was added to the list and who was removed', () => {
    const rules = { default: {}, apps: {} }
    const changes = draftDifferences(
      { ...rules, makers: ['a', 'b'] },
      { ...rules, makers: ['b', 'c'] },
    )
    expect(changes).toEqual([{ kind: 'makers', from: 2, to: 2, added: 1, removed: 1 }])
  })

  it('a rule that is emptied is gone', () => {
    expect(
      withRule({ maxViewers: 1, watermark: true }, { maxViewers: null, watermark: false }),
    ).toEqual({})
  })
})
