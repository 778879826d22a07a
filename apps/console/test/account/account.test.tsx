import type { AdminSession } from '@sealcard/protocol'
import { fireEvent, screen, waitFor } from '@testing-library/react'
import { ADMIN, failure, fakeServices, show } from '../kit/fake-services'

const RENEWED: AdminSession = { ...ADMIN, csrf: 'csrf-2' }
const SECRET = 'JBSWY3DPEHPK3PXP'
const type = (label: string, value: string) => {
  fireEvent.change(screen.getByLabelText(label), { target: { value } })
}
const press = (name: string) => {
  fireEvent.click(screen.getByRole('button', { name }))
}
const bodyOf = (asked: { line: string; body: unknown }[], path: string) =>
  asked.find(({ line }) => line === `POST session/${path}`)?.body
const enabled = (name: string) => !screen.getByRole('button', { name }).hasAttribute('disabled')

it('is reached by the menu of the account', async () => {
  const { services } = fakeServices()
  const { router } = show(services, '/requests')
  fireEvent.click(await screen.findByRole('button', { name: 'Account lin' }))
  fireEvent.click(await screen.findByRole('menuitem', { name: 'Password and second factor' }))
  expect(await screen.findByRole('heading', { name: 'My account' })).toBeTruthy()
  expect(router.state.location.pathname).toBe('/account')
})

describe('the own password', () => {
  it('changes once the new one is long enough and typed twice alike, and the new login goes on', async () => {
    const { services, asked } = fakeServices({ 'POST session/password': RENEWED })
    show(services, '/account')
    await screen.findByRole('heading', { name: 'My account' })
    type('Current password', 'the old password')
    type('New password', 'a new password')
    expect(enabled('Change the password')).toBe(false)
    type('Once more', 'a new passwort')
    expect(screen.getByText('The two are not the same.')).toBeTruthy()
    expect(enabled('Change the password')).toBe(false)
    type('Once more', 'a new password')
    press('Change the password')
    expect(await screen.findByText(/The password is changed/)).toBeTruthy()
    expect(bodyOf(asked, 'password')).toEqual({
      password: 'the old password',
      newPassword: 'a new password',
    })
    expect(services.sessions.csrf()).toBe('csrf-2')
    expect(screen.getByLabelText<HTMLInputElement>('Current password').value).toBe('')
  })

  it('stays when the service rejects the current one, and so does what was typed', async () => {
    const refused = failure('ERR_LOGIN_REJECTED', 401)
    const { services } = fakeServices({ 'POST session/password': refused })
    show(services, '/account')
    await screen.findByRole('heading', { name: 'My account' })
    type('Current password', 'not the password')
    type('New password', 'a new password')
    type('Once more', 'a new password')
    press('Change the password')
    expect(await screen.findByText(/The current password is wrong/)).toBeTruthy()
    expect(screen.getByLabelText<HTMLInputElement>('New password').value).toBe('a new password')
    expect(services.sessions.csrf()).toBe(ADMIN.csrf)
  })
})

describe('the own second factor', () => {
  const open = async (confirmation: unknown) => {
    const fake = fakeServices({
      'POST session/totp': { secret: SECRET, uri: `otpauth://totp/lin?secret=${SECRET}` },
      'POST session/totp/confirmation': confirmation,
    })
    show(fake.services, '/account')
    fireEvent.click(await screen.findByRole('button', { name: 'Replace the second factor' }))
    type('Your password first', 'the password')
    expect(enabled('Continue')).toBe(false)
    type('The six digits that your authenticator shows now', '111 222')
    press('Continue')
    await screen.findByText(SECRET)
    type('The six digits that it shows', '333 444')
    press('Confirm')
    return fake
  }

  it('is replaced by password, a code of the old one and a code of the new one', async () => {
    const { services, asked } = await open(RENEWED)
    expect(await screen.findByText(/The second factor is replaced/)).toBeTruthy()
    expect(bodyOf(asked, 'totp')).toEqual({ password: 'the password', totp: '111222' })
    expect(bodyOf(asked, 'totp/confirmation')).toEqual({ totp: '333444' })
    expect(services.sessions.csrf()).toBe('csrf-2')
    expect(screen.queryByText(SECRET)).toBeNull()
  })

  it('is not replaced by a wrong code of the new one, which can be typed again', async () => {
    const { services } = await open(failure('ERR_LOGIN_REJECTED', 401))
    expect(await screen.findByText(/The password or the digits are wrong/)).toBeTruthy()
    expect(screen.getByText(SECRET)).toBeTruthy()
    await waitFor(() => {
      expect(screen.getByLabelText<HTMLInputElement>('The six digits that it shows').value).toBe('')
    })
    expect(services.sessions.csrf()).toBe(ADMIN.csrf)
  })
})
