import { BffError, BffUnreachable } from '@sealcard/kit'
import { act, fireEvent, screen, waitFor, within } from '@testing-library/react'
import { App } from '../../src/app'
import { personDrafts } from '../../src/features/write/person-drafts'
import { emptyDraft } from '@sealcard/client'
import { CARD, COPY, fakeServices, ME, NOW, REQUEST, show } from '../kit/fake-services'

const page = () => <App location={window.location} />
const button = (name: string) => screen.findByRole('button', { name })
const open = (made = fakeServices(), hash = '#/settings') => {
  window.location.hash = hash
  show(made.services, page())
  return made
}
/** Of a question, by its own button. */
const answer = (name: string) => {
  fireEvent.click(within(screen.getByRole('alertdialog')).getByRole('button', { name }))
}

beforeEach(() => {
  window.scrollTo = jest.fn()
})

describe('the settings', () => {
  it('change the language at once, and remember it', async () => {
    const { services } = open()
    fireEvent.click(await screen.findByRole('radio', { name: '中文' }))
    await screen.findByRole('heading', { name: '设置' })
    expect(services.storage.get('sealcard.language')).toBe('zh')
    fireEvent.click(screen.getByRole('radio', { name: '跟随系统' }))
    await screen.findByRole('heading', { name: 'Settings' })
    expect(services.storage.get('sealcard.language')).toBeNull()
  })

  it('show a name of the directory, which cannot be changed', async () => {
    open()
    await screen.findByText('林晓')
    await screen.findByText(/from your company’s directory/)
    expect(screen.queryByRole('textbox')).toBeNull()
    expect(screen.getByText(ME.code)).toBeTruthy()
  })

  it('change and remove a name that people give themselves', async () => {
    const made = fakeServices()
    made.client.getMe.mockResolvedValue({ ...ME, nameFrom: 'self' })
    const { client } = open(made)
    const field = await screen.findByLabelText<HTMLInputElement>('Your name')
    expect(field.value).toBe('林晓')
    fireEvent.change(field, { target: { value: '' } })
    fireEvent.click(await button('Save name'))
    await screen.findByText('A name has 1 to 32 characters, on one line.')
    expect(client.rename).not.toHaveBeenCalled()
    fireEvent.change(field, { target: { value: ' Lin ' } })
    fireEvent.click(await button('Save name'))
    await screen.findByText('Name saved')
    expect(client.rename).toHaveBeenCalledWith('Lin')
    fireEvent.click(await button('Remove my name'))
    await screen.findByText('Name removed')
    expect(client.rename).toHaveBeenLastCalledWith(null)
    expect(screen.queryByRole('button', { name: 'Remove my name' })).toBeNull()
  })

  it('switch a notice off, and back on when that was not saved', async () => {
    const { client } = open()
    const notice = await screen.findByRole<HTMLInputElement>('switch', {
      name: 'somebody opens it',
    })
    fireEvent.click(notice)
    await waitFor(() => {
      expect(client.chooseNotices).toHaveBeenCalledWith({ opened: false })
    })
    expect(notice.checked).toBe(false)
    client.chooseNotices.mockRejectedValueOnce(new BffUnreachable(null))
    fireEvent.click(notice)
    await screen.findByText('It was not saved. Please try again.')
    expect(notice.checked).toBe(false)
  })

  it('say what is recorded, what is protected and what is not', async () => {
    open()
    fireEvent.click(await screen.findByText('What is protected, and what is not'))
    for (const said of [
      /photograph the screen/,
      /A web page cannot block screenshots/,
      /your unlocked phone/,
      /If its operator proved something false/,
      /Whoever holds this server/,
    ]) {
      expect(screen.getByText(said)).toBeTruthy()
    }
    expect(screen.getByText(/Not recorded: phone number/)).toBeTruthy()
  })

  it('show the person’s data, copy it, and save it as a file in a browser', async () => {
    const { services } = open(fakeServices({ place: 'browser' }))
    fireEvent.click(await button('Show my data'))
    await screen.findByText(/1 record, as of/)
    expect(screen.getByText('title: Bonus')).toBeTruthy()
    fireEvent.click(await button('Copy all'))
    await screen.findByText('Copied')
    const text = JSON.stringify(COPY, null, 2)
    expect(services.taking.copy).toHaveBeenCalledWith(text)
    fireEvent.click(await button('Save as a file'))
    expect(services.taking.save).toHaveBeenCalledWith('sealcard-2026-01-01.json', text)
  })

  it('say in WeCom that a page there cannot save files', async () => {
    open()
    fireEvent.click(await button('Show my data'))
    await screen.findByText(/A page in WeCom cannot save files/)
    expect(screen.queryByRole('button', { name: 'Save as a file' })).toBeNull()
  })

  it('say why there is no copy, and when the clipboard refused', async () => {
    const made = fakeServices()
    made.client.exportMe.mockRejectedValueOnce(
      new BffError('ERR_RATE_LIMITED', 429, null, [], 1800),
    )
    jest.mocked(made.services.taking.copy).mockRejectedValue(new TypeError('no'))
    open(made)
    fireEvent.click(await button('Show my data'))
    await screen.findByText(/Try again in 1800 seconds/)
    fireEvent.click(await button('Show my data'))
    fireEvent.click(await button('Copy all'))
    await screen.findByText('It was not copied. It is too long, or copying is not allowed here.')
  })

  it('sign the person out after a question, with their draft and without a silent login', async () => {
    const made = fakeServices()
    const { services, client } = made
    personDrafts(services.storage, 'V', () => NOW).write({ ...emptyDraft, title: 'half' })
    const { signIn } = open(made)
    fireEvent.click(await button('Sign out'))
    answer('Cancel')
    expect(client.signOut).not.toHaveBeenCalled()
    fireEvent.click(await button('Sign out'))
    answer('Yes, sign out')
    await screen.findByRole('heading', { name: 'You are signed out' })
    expect(services.departure.read()).toBe('out')
    expect(services.storage.keys()).toEqual(['sealcard.departed'])
    expect(window.location.hash).toBe('#/')
    fireEvent.click(await button('Sign in'))
    expect(signIn).toHaveBeenCalledTimes(1)
  })

  it('erase the person after a question that says what goes and what stays', async () => {
    const { services, client } = open()
    fireEvent.click(await button('Delete my data'))
    const { textContent } = screen.getByRole('alertdialog')
    expect(textContent).toMatch(/nobody can open any more.*What stays.*cannot be undone/)
    answer('Delete everything')
    await screen.findByRole('heading', { name: 'Your data is deleted' })
    expect(client.eraseMe).toHaveBeenCalledTimes(1)
    expect(services.departure.read()).toBe('erased')
  })

  it('say that nothing happened when the service does not answer', async () => {
    const made = fakeServices()
    made.client.eraseMe.mockRejectedValue(new BffUnreachable(null))
    made.client.signOut.mockRejectedValue(new BffUnreachable(null))
    const { services } = open(made)
    fireEvent.click(await button('Delete my data'))
    answer('Delete everything')
    await screen.findByText('Nothing was deleted: No connection. Check your network.')
    fireEvent.click(await button('Sign out'))
    answer('Yes, sign out')
    await screen.findByText('You are still signed in. Try again.')
    expect(services.departure.read()).toBeNull()
  })
})

describe('requests for access to a card of one’s own', () => {
  it('show who asks, share again with one press, and are dismissed', async () => {
    const made = fakeServices()
    made.client.listRequests.mockResolvedValueOnce({ items: [REQUEST], nextCursor: null })
    const { client, platform } = open(made, '#/card/c1')
    await screen.findByText('Member 0BF3VV')
    expect(screen.getByText('It is me')).toBeTruthy()
    await screen.findByRole('button', { name: 'Share to a chat' })
    fireEvent.click(await button('Share again'))
    await screen.findByText('Sent')
    expect(platform.share).toHaveBeenCalledTimes(1)
    fireEvent.click(await button('Dismiss Member 0BF3VV'))
    await waitFor(() => {
      expect(screen.queryByText('It is me')).toBeNull()
    })
    expect(client.dismissRequest).toHaveBeenCalledWith('r1')
  })

  it('cannot be answered by sharing a card that is revoked', async () => {
    const made = fakeServices()
    made.client.getCard.mockResolvedValue({ ...CARD, status: 'revoked' } as never)
    made.client.listRequests.mockResolvedValue({ items: [REQUEST], nextCursor: null })
    open(made, '#/card/c1')
    await screen.findByText('It is me')
    expect(screen.queryByRole('button', { name: 'Share again' })).toBeNull()
  })

  it('are nothing while nobody asks', async () => {
    open(fakeServices(), '#/card/c1')
    await screen.findByRole('button', { name: 'Share to a chat' })
    await act(() => Promise.resolve())
    expect(screen.queryByText('Who asks for access')).toBeNull()
  })
})
