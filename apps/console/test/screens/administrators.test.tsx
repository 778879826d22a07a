import type { AdminAccount, AutomationToken } from '@sealcard/protocol'
import { act, fireEvent, screen, waitFor, within } from '@testing-library/react'
import { ADMIN, failure, fakeServices, NOW, show } from '../kit/fake-services'

const account = (change: Partial<AdminAccount> = {}): AdminAccount => ({
  id: 'a1',
  name: 'lin',
  role: 'operator',
  enrolled: true,
  createdAt: '2026-11-01T00:00:00Z',
  createdBy: 'cli',
  lastLoginAt: null,
  disabledAt: null,
  ...change,
})
const token = (change: Partial<AutomationToken> = {}): AutomationToken => ({
  id: 't1',
  name: 'nightly export',
  role: 'auditor',
  createdAt: '2026-11-01T00:00:00Z',
  createdBy: 'cli',
  expiresAt: '2027-01-01T00:00:00Z',
  lastUsedAt: null,
  revokedAt: null,
  ...change,
})
const session = {
  id: 's1',
  createdAt: '2026-11-28T07:00:00Z',
  seenAt: '2026-11-28T07:59:00Z',
  expiresAt: '2026-11-28T19:00:00Z',
  current: false,
}
const setup = { token: 'T'.repeat(43), expiresAt: '2026-12-01T08:00:00Z' }
const ended = { logins: 1, tokens: 0, invitations: 0 }
const accounts = {
  'GET accounts': {
    items: [account(), account({ id: 'a2', name: 'gone', disabledAt: '2026-11-02T00:00:00Z' })],
  },
  'GET accounts/a1/sessions': { items: [session] },
}

describe('the accounts', () => {
  it('are listed with role and state, in words', async () => {
    const { services } = fakeServices(accounts)
    show(services, '/administrators')
    const row = await screen.findByRole('row', { name: /lin/ })
    expect(within(row).getByText('operator')).toBeTruthy()
    expect(within(row).getByText('Enabled')).toBeTruthy()
    expect(within(screen.getByRole('row', { name: /gone/ })).getByText('Disabled')).toBeTruthy()
  })

  it('an invitation gives a link that is shown once', async () => {
    const invited = { account: account({ id: 'a3', name: 'new' }), setup }
    const { services, asked, copied } = fakeServices({ ...accounts, 'POST accounts': invited })
    show(services, '/administrators')
    fireEvent.click(await screen.findByRole('button', { name: 'Invite an administrator' }))
    const dialog = await screen.findByRole('dialog')
    fireEvent.change(within(dialog).getByLabelText('Name'), { target: { value: 'new' } })
    fireEvent.click(within(dialog).getByRole('button', { name: 'Invite an administrator' }))
    const link = `http://localhost/console/setup#${setup.token}`
    fireEvent.click(await screen.findByRole('button', { name: `Copy ${link}` }))
    expect(copied).toEqual([link])
    const { body } = asked.find(({ line }) => line === 'POST accounts') ?? {}
    expect(body).toEqual({ name: 'new', role: 'operator' })
    fireEvent.click(screen.getByRole('button', { name: 'I have stored it' }))
    await waitFor(() => expect(screen.queryByText(link)).toBeNull())
  })

  it('a disabling shows its effect in numbers, wants the name and a reason, and leads to the audit', async () => {
    const changed = { ...account(), ended }
    const { services, asked } = fakeServices({ ...accounts, 'POST accounts/a1/disable': changed })
    show(services, '/administrators?open=a1')
    fireEvent.click(await screen.findByRole('button', { name: 'Disable' }))
    const effect = await screen.findByText(/lin can log in no more: 1 logins end/)
    const dialog = effect.closest<HTMLElement>('[role="dialog"]') ?? document.body
    const go = within(dialog).getByRole('button', { name: 'Disable' })
    fireEvent.change(within(dialog).getByLabelText(/Reason/), { target: { value: 'left' } })
    expect(go.hasAttribute('disabled')).toBe(true)
    fireEvent.change(within(dialog).getByLabelText(/Type/), { target: { value: 'lin' } })
    fireEvent.click(go)
    expect(await screen.findByText(/Ended: 1 logins, 0 tokens, 0 invitations/)).toBeTruthy()
    const audit = screen.getByRole('link', { name: 'See the audit entry' })
    expect(audit.getAttribute('href')).toBe('/audit?kind=admin.disable&subject=a1')
    const { body } = asked.find(({ line }) => line === 'POST accounts/a1/disable') ?? {}
    expect(body).toEqual({ reason: 'left' })
  })

  it('show the logins of one, and that one is disabled can be undone', async () => {
    const { services } = fakeServices({ ...accounts, 'GET accounts/a2/sessions': { items: [] } })
    show(services, '/administrators?open=a2')
    expect(await screen.findByText('Not logged in at the moment')).toBeTruthy()
    expect(screen.getByRole('button', { name: 'Enable' })).toBeTruthy()
    expect(screen.queryByRole('button', { name: 'Disable' })).toBeNull()
  })

  it('are not asked for by a role that may not manage them', async () => {
    const { services, asked } = fakeServices({}, { session: { ...ADMIN, role: 'auditor' } })
    show(services, '/administrators')
    expect(await screen.findByText('Needs the role: admin')).toBeTruthy()
    expect(asked.some(({ line }) => line === 'GET accounts')).toBe(false)
  })

  it('say when there are none, and when they could not be read', async () => {
    const empty = fakeServices({ 'GET accounts': { items: [] } })
    show(empty.services, '/administrators')
    expect(await screen.findByText('No account yet')).toBeTruthy()
    const failed = fakeServices({ 'GET accounts': failure('ERR_INTERNAL', 500) })
    show(failed.services, '/administrators')
    expect(await screen.findByText('This could not be read')).toBeTruthy()
  })
})

describe('the tokens', () => {
  it('say whether they live, when they end and when they were used', async () => {
    const items = [
      token(),
      token({ id: 't2', name: 'old', expiresAt: '2026-11-02T00:00:00Z' }),
      token({
        id: 't3',
        name: 'shop',
        role: 'server',
        app: 'acme',
        revokedAt: '2026-11-02T00:00:00Z',
      }),
    ]
    const { services } = fakeServices({ 'GET tokens': { items } })
    show(services, '/administrators/tokens')
    const row = (name: RegExp) => within(screen.getByRole('row', { name }))
    await screen.findByRole('row', { name: /nightly export/ })
    expect(row(/nightly export/).getByText('Live')).toBeTruthy()
    expect(row(/nightly export/).getByText('Never')).toBeTruthy()
    expect(row(/old/).getByText('Ended')).toBeTruthy()
    expect(row(/shop/).getByText('Revoked')).toBeTruthy()
    expect(row(/shop/).getByText('server (acme)')).toBeTruthy()
    expect(screen.getAllByRole('button', { name: 'Revoke' })).toHaveLength(1)
  })

  it('a new one ends after the days that were asked for, and is shown once', async () => {
    const made = { ...token(), token: 'sct_secret' }
    const { services, asked } = fakeServices({ 'GET tokens': { items: [] }, 'POST tokens': made })
    show(services, '/administrators/tokens')
    expect(await screen.findByText('No token yet')).toBeTruthy()
    fireEvent.click(screen.getByRole('button', { name: 'Make a token' }))
    const dialog = await screen.findByRole('dialog')
    fireEvent.change(within(dialog).getByLabelText('Name'), { target: { value: 'nightly' } })
    fireEvent.click(within(dialog).getByRole('button', { name: 'Make a token' }))
    expect(await screen.findByText('sct_secret')).toBeTruthy()
    const { body } = asked.find(({ line }) => line === 'POST tokens') ?? {}
    const expiresAt = new Date(NOW + 90 * 86_400_000).toISOString()
    expect(body).toEqual({ name: 'nightly', role: 'auditor', expiresAt })
  })
})

describe('a token for a server', () => {
  const openForm = async (answers: Record<string, unknown> = {}) => {
    const fake = fakeServices({
      'GET tokens': { items: [] },
      'GET apps': { items: [{ id: 'acme-wechat' }, { id: 'acme-wecom' }] },
      ...answers,
    })
    show(fake.services, '/administrators/tokens')
    fireEvent.click(await screen.findByRole('button', { name: 'Make a token' }))
    const dialog = within(await screen.findByRole('dialog'))
    fireEvent.change(dialog.getByLabelText('Name'), { target: { value: 'shop' } })
    const choose = async (label: string, option: string) => {
      await act(async () => void fireEvent.mouseDown(dialog.getByRole('combobox', { name: label })))
      const found = await screen.findByTitle(option)
      await act(async () => void fireEvent.click(found))
    }
    await choose('Role', 'server')
    const make = dialog.getByRole('button', { name: 'Make a token' })
    return { ...fake, choose, make, isReady: () => !make.hasAttribute('disabled') }
  }

  it('is bound to the app that was chosen', async () => {
    const made = { ...token({ role: 'server', app: 'acme-wecom' }), token: 'sct_server' }
    const { asked, choose, make } = await openForm({ 'POST tokens': made })
    await choose('App', 'acme-wecom')
    fireEvent.click(make)
    expect(await screen.findByText('sct_server')).toBeTruthy()
    const { body } = asked.find(({ line }) => line === 'POST tokens') ?? {}
    expect(body).toMatchObject({ name: 'shop', role: 'server', app: 'acme-wecom' })
  })

  it('is not made without an app, and names none with another role', async () => {
    const { asked, choose, make, isReady } = await openForm({
      'POST tokens': { ...token(), token: 'sct_auditor' },
    })
    expect(isReady()).toBe(false)
    await choose('App', 'acme-wechat')
    expect(isReady()).toBe(true)
    await choose('Role', 'auditor')
    fireEvent.click(make)
    expect(await screen.findByText('sct_auditor')).toBeTruthy()
    const { body } = asked.find(({ line }) => line === 'POST tokens') ?? {}
    expect(body).not.toHaveProperty('app')
  })
})

test('the matrix of roles is open to every role, and says each permission in words', async () => {
  const { services } = fakeServices({}, { session: { ...ADMIN, role: 'operator' } })
  show(services, '/administrators/roles')
  const row = await screen.findByRole('row', { name: /Revoke cards/ })
  expect(
    within(row)
      .getAllByRole('cell')
      .map(({ textContent }) => textContent?.trim()),
  ).toEqual(['yes', 'yes', 'no'])
})
