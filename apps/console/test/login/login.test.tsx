import { act, fireEvent, screen, waitFor } from '@testing-library/react'
import { ADMIN, failure, fakeServices, NOW, show } from '../kit/fake-services'

const OUT = failure('ERR_SESSION', 401)
const type = (label: RegExp | string, value: string) => {
  fireEvent.change(screen.getByLabelText(label), { target: { value } })
}
const logIn = () => {
  type('Name', ' lin ')
  type('Password', 'the password')
  type(/^One-time code/, '123 456')
  fireEvent.click(screen.getByRole('button', { name: 'Log in' }))
}
const bodyOf = (asked: { line: string; body: unknown }[], line: string) =>
  asked.find((one) => one.line === line)?.body

describe('the log-in', () => {
  it('leads to the address that was asked for, with the blanks of the code left out', async () => {
    const { services, asked } = fakeServices({
      'GET session': OUT,
      'POST session': ADMIN,
      'GET requests': { items: [], nextCursor: null },
    })
    const { router } = show(services, '/requests')
    await screen.findByRole('heading', { name: 'Log in to the console' })
    logIn()
    expect(await screen.findByRole('navigation', { name: 'Menu' })).toBeTruthy()
    expect(router.state.location.pathname).toBe('/requests')
    const login = { name: 'lin', password: 'the password', totp: '123456' }
    expect(bodyOf(asked, 'POST session')).toEqual(login)
  })

  it('says one thing for whatever is wrong, and asks for another code', async () => {
    const { services } = fakeServices({
      'GET session': OUT,
      'POST session': failure('ERR_LOGIN_REJECTED', 401),
    })
    show(services, '/overview')
    await screen.findByRole('heading', { name: 'Log in to the console' })
    logIn()
    expect(await screen.findByText(/The name, the password or the one-time code/)).toBeTruthy()
    expect(screen.getByLabelText<HTMLInputElement>('Password').value).toBe('the password')
    await waitFor(() => {
      expect(screen.getByLabelText<HTMLInputElement>(/^One-time code/).value).toBe('')
    })
  })

  it('shows an account without its second factor nothing but the way to get one', async () => {
    const { services, asked } = fakeServices({ 'GET session': { ...ADMIN, enrolled: false } })
    show(services, '/overview')
    expect(await screen.findByRole('heading', { name: 'Get a second factor' })).toBeTruthy()
    expect(asked.map(({ line }) => line)).toEqual(['GET session'])
  })
})

it('a login that ends is asked for over the page, which keeps what was typed', async () => {
  const { services } = fakeServices({
    'GET cards': { items: [], nextCursor: null },
    'POST session': ADMIN,
  })
  show(services, '/cards')
  const box = await screen.findByRole<HTMLInputElement>('combobox', { name: 'Find' })
  fireEvent.change(box, { target: { value: 'half a wor' } })
  act(services.sessions.lose)
  expect(await screen.findByText('Your login is over. Log in again')).toBeTruthy()
  expect(screen.getByLabelText<HTMLInputElement>('Name').value).toBe('lin')
  type('Password', 'the password')
  fireEvent.click(screen.getByRole('button', { name: 'Log in' }))
  await waitFor(() => {
    expect(services.sessions.state.get().kind).toBe('in')
  })
  expect(box.value).toBe('half a wor')
})

describe('the one-time link', () => {
  it('sets the password, logs in, and asks for the second factor next', async () => {
    const token = 'T'.repeat(43)
    const { services, asked } = fakeServices({
      'POST setup': { name: 'lin' },
      'POST session': { ...ADMIN, enrolled: false, expiresAt: new Date(NOW).toISOString() },
      'POST session/totp': { secret: 'SECRET32', uri: 'otpauth://totp/lin?secret=SECRET32' },
    })
    show(services, `/setup#${token}`)
    await screen.findByRole('heading', { name: 'Set up Sealcard' })
    type('New password', 'a long password')
    type('Once more', 'a long password')
    fireEvent.click(screen.getByRole('button', { name: 'Set the password' }))
    expect(await screen.findByText('SECRET32')).toBeTruthy()
    expect(bodyOf(asked, 'POST setup')).toEqual({ token, password: 'a long password' })
    expect(bodyOf(asked, 'POST session/totp')).toEqual({ password: 'a long password' })
  })
})
