import { BffError, BffUnreachable, PlatformError } from '@sealcard/kit'
import { act, fireEvent, screen, waitFor, within } from '@testing-library/react'
import { browserStorage } from '../../src/adapters/browser-storage'
import { App } from '../../src/app'
import { CARD, fakeServices, notSignedIn, SHARE, show } from '../kit/fake-services'

const go = (hash: string) => {
  window.location.hash = hash
}
const page = () => <App location={window.location} />
const CARD_CONTENT = {
  title: 'A private card',
  desc: 'Only those who receive it can open it',
  link: SHARE.h5Url,
  imgUrl: 'http://localhost/h5/card.png',
}

beforeEach(() => {
  go('')
  window.scrollTo = jest.fn()
})

describe('the list of cards', () => {
  it('links to the cards that were sent', async () => {
    const { services, client } = fakeServices()
    client.listCards.mockResolvedValue({ items: [CARD], nextCursor: null } as never)
    show(services, page())
    const link = await screen.findByRole('link', { name: /Bonus.*Active/ })
    expect(link.getAttribute('href')).toBe('#/card/c1')
    expect(client.listCards).toHaveBeenCalledWith('sent', {})
  })

  it('follows the address to the cards that were received, which have no page', async () => {
    const { services, client } = fakeServices()
    client.listCards.mockResolvedValue({ items: [CARD], nextCursor: null } as never)
    show(services, page())
    await screen.findByRole('link', { name: /Bonus/ })
    act(() => {
      go('#/received')
    })
    await screen.findByText('To read one again, tap it in its chat.')
    await screen.findByText('Bonus')
    expect(screen.queryByRole('link', { name: /Bonus/ })).toBeNull()
    expect(screen.getByRole('link', { name: 'Received' }).getAttribute('aria-current')).toBe('page')
    expect(client.listCards).toHaveBeenLastCalledWith('received', {})
  })

  it('says why it is not there, and tries again', async () => {
    const { services, client } = fakeServices()
    client.listCards.mockRejectedValueOnce(new BffUnreachable(null))
    show(services, page())
    await screen.findByText('No connection. Check your network.')
    fireEvent.click(screen.getByRole('button', { name: 'Try again' }))
    await screen.findByText('No cards yet')
  })

  it('waits for the person’s own login in a browser', async () => {
    const { services, client, signIn } = fakeServices({ place: 'browser' })
    client.ensureSession.mockRejectedValueOnce(notSignedIn())
    show(services, page())
    fireEvent.click(await screen.findByRole('button', { name: 'Sign in with WeCom' }))
    expect(signIn).toHaveBeenCalledTimes(1)
  })

  it('leads to the settings', async () => {
    show(fakeServices().services, page())
    const link = await screen.findByRole('link', { name: 'Settings' })
    expect(link.getAttribute('href')).toBe('#/settings')
  })
})

describe('writing a card', () => {
  it('makes one card, and goes to its page', async () => {
    const { services, client } = fakeServices()
    go('#/write')
    show(services, page())
    fireEvent.change(await screen.findByLabelText('Title'), { target: { value: 'Bonus' } })
    fireEvent.change(screen.getByLabelText('Text'), { target: { value: 'The words' } })
    fireEvent.click(screen.getByRole('radio', { name: '1 day' }))
    fireEvent.click(screen.getByRole('switch', { name: 'Request an acknowledgement' }))
    fireEvent.click(screen.getByRole('button', { name: 'Continue to share' }))
    await waitFor(() => {
      expect(window.location.hash).toBe('#/card/c1')
    })
    expect(client.createCard).toHaveBeenCalledTimes(1)
    expect(client.createCard).toHaveBeenCalledWith(
      {
        title: 'Bonus',
        body: 'The words',
        policy: {
          expiresAt: '2026-01-02T00:00:00.000Z',
          requireAcknowledgement: true,
          watermark: true,
        },
      },
      'key',
    )
    // No words stay: only how the next card starts.
    expect(services.storage.keys()).toEqual(['sealcard.person.V.sealcard.last-settings'])
    expect(services.storage.get(services.storage.keys()[0] ?? '')).not.toMatch(/Bonus|words/)
  })

  it('names each mistake, marks its field and sends nothing', async () => {
    const { services, client } = fakeServices()
    go('#/write')
    show(services, page())
    fireEvent.change(await screen.findByLabelText('Max. readers'), { target: { value: '0' } })
    fireEvent.click(screen.getByRole('button', { name: 'Continue to share' }))
    const alert = await screen.findByText('A title is needed')
    expect(within(screen.getByRole('alert')).getByText(/Max\. readers/)).toBeTruthy()
    expect(alert).toBeTruthy()
    expect(screen.getByLabelText('Title').getAttribute('aria-invalid')).toBe('true')
    expect(client.createCard).not.toHaveBeenCalled()
  })

  it('keeps what was written when the service does not answer', async () => {
    const { services, client } = fakeServices()
    client.createCard.mockRejectedValueOnce(new BffUnreachable(null))
    go('#/write')
    const { unmount } = show(services, page())
    fireEvent.change(await screen.findByLabelText('Title'), { target: { value: 'Bonus' } })
    fireEvent.click(screen.getByRole('button', { name: 'Continue to share' }))
    await screen.findByText(/Your text is kept/)
    unmount()
    show(services, page())
    expect((await screen.findByLabelText<HTMLInputElement>('Title')).value).toBe('Bonus')
  })

  it('says that a draft is there, and clears it when the person says so', async () => {
    const { services, client } = fakeServices()
    client.createCard.mockRejectedValueOnce(new BffUnreachable(null))
    go('#/write')
    const { unmount } = show(services, page())
    fireEvent.change(await screen.findByLabelText('Title'), { target: { value: 'Bonus' } })
    expect(screen.queryByText(/Here is your draft/)).toBeNull()
    fireEvent.click(screen.getByRole('button', { name: 'Continue to share' }))
    await screen.findByText(/Your text is kept/)
    unmount()
    const again = show(services, page())
    await screen.findByText(/Here is your draft/)
    fireEvent.click(screen.getByRole('button', { name: 'Clear the draft' }))
    expect(document.activeElement).toBe(screen.getByLabelText('Title'))
    expect(screen.getByLabelText<HTMLInputElement>('Title').value).toBe('')
    expect(screen.queryByText(/Here is your draft/)).toBeNull()
    again.unmount()
    show(services, page())
    expect((await screen.findByLabelText<HTMLInputElement>('Title')).value).toBe('')
  })

  it('stores no draft after the person left in another page of the browser', async () => {
    const { services } = fakeServices()
    const stored = () => services.storage.keys().map((key) => services.storage.get(key))
    go('#/write')
    const { unmount } = show(services, page())
    fireEvent.change(await screen.findByLabelText('Title'), { target: { value: 'Half a card' } })
    // The other page forgets the person, also what this one may have saved by then.
    services.departure.write('out')
    for (const key of services.storage.keys()) {
      if (key.includes('draft')) services.storage.remove(key)
    }
    document.dispatchEvent(new Event('visibilitychange'))
    unmount()
    expect(stored().join()).not.toContain('Half a card')
  })

  it('makes no second card when the answer is lost and the person tries again', async () => {
    let made = 0
    const { services, client } = fakeServices({
      storage: browserStorage(() => {
        throw new DOMException('denied', 'SecurityError')
      }),
      newKey: () => `key-${(made += 1)}`,
    })
    client.createCard.mockRejectedValueOnce(new BffUnreachable(null))
    go('#/write')
    show(services, page())
    fireEvent.change(await screen.findByLabelText('Title'), { target: { value: 'Bonus' } })
    fireEvent.click(screen.getByRole('button', { name: 'Continue to share' }))
    await screen.findByText(/Your text is kept/)
    fireEvent.click(screen.getByRole('button', { name: 'Continue to share' }))
    await waitFor(() => {
      expect(window.location.hash).toBe('#/card/c1')
    })
    const keys = client.createCard.mock.calls.map(([, key]: unknown[]) => key)
    expect(keys).toEqual(['key-1', 'key-1'])
  })
})

describe('a card of one’s own', () => {
  const open = (made = fakeServices()) => {
    go('#/card/c1')
    show(made.services, page())
    return made
  }

  it('is declared before anything can be sent, and then sent by the button without its title', async () => {
    const { platform } = open()
    const button = await screen.findByRole('button', { name: 'Share to a chat' })
    expect(platform.declare).toHaveBeenCalledWith(SHARE.declare)
    fireEvent.click(button)
    await screen.findByText('Sent')
    expect(platform.share).toHaveBeenCalledWith(CARD_CONTENT)
    expect(platform.offerInMenu).toHaveBeenLastCalledWith(CARD_CONTENT)
  })

  it('shows its title in the chat only when the sender wants it', async () => {
    const { platform } = open()
    const button = await screen.findByRole('button', { name: 'Share to a chat' })
    fireEvent.click(screen.getByRole('switch', { name: 'Show the title in the chat' }))
    fireEvent.click(button)
    await screen.findByText('Sent')
    expect(platform.share).toHaveBeenCalledWith({ ...CARD_CONTENT, title: 'Bonus' })
    expect(platform.offerInMenu).toHaveBeenLastCalledWith({ ...CARD_CONTENT, title: 'Bonus' })
  })

  it('is sent to the very chat whose attachment bar opened the page', async () => {
    const made = fakeServices()
    made.platform.entry.mockResolvedValue('chat_attachment')
    const { platform } = open(made)
    fireEvent.click(await screen.findByRole('button', { name: 'Send to this chat' }))
    await screen.findByText('Sent')
    expect(platform.sendToChat).toHaveBeenCalledWith(CARD_CONTENT)
    expect(platform.hideSend).toHaveBeenCalledTimes(1)
  })

  it('says nothing when the sender thought better of it, and says so when it was not sent', async () => {
    const made = fakeServices()
    made.platform.share.mockResolvedValueOnce('cancelled' as 'sent')
    open(made)
    fireEvent.click(await screen.findByRole('button', { name: 'Share to a chat' }))
    await waitFor(() => {
      expect(made.platform.share).toHaveBeenCalledTimes(1)
    })
    expect(screen.queryByText('Sent')).toBeNull()
    made.platform.share.mockRejectedValueOnce(
      new PlatformError('retry', 'shareAppMessage', { errMsg: 'shareAppMessage:fail' }),
    )
    fireEvent.click(screen.getByRole('button', { name: 'Share to a chat' }))
    await screen.findByText('It was not sent. Please try again.')
  })

  it('cannot be sent when WeCom did not take the declaration; the menu then leads to the first page', async () => {
    const made = fakeServices()
    made.platform.declare.mockRejectedValue(
      new PlatformError('retry', 'setShareAttr', { errMsg: 'setShareAttr:fail' }),
    )
    const { platform } = open(made)
    await screen.findByText('It could not be made private, so sharing is off.')
    expect(screen.queryByRole('button', { name: 'Share to a chat' })).toBeNull()
    expect(platform.offerInMenu).toHaveBeenLastCalledWith(
      expect.objectContaining({ link: 'http://localhost/h5/', title: 'Sealcard' }),
    )
  })

  it('cannot be sent before the administrator has verified the web page', async () => {
    const made = fakeServices()
    made.client.createShare.mockRejectedValue(
      new BffError('ERR_H5_UNVERIFIED', 409, null, [], null),
    )
    open(made)
    await screen.findByText(/the page is not fully set up/)
  })

  it('is offered no more once the page shows something else', async () => {
    const { platform } = open()
    await screen.findByRole('button', { name: 'Share to a chat' })
    act(() => {
      go('#/')
    })
    await screen.findByText('No cards yet')
    expect(platform.undeclare).toHaveBeenCalledTimes(1)
    expect(platform.offerInMenu).toHaveBeenLastCalledWith(
      expect.objectContaining({ link: 'http://localhost/h5/' }),
    )
  })

  it('is revoked after a question that the keyboard does not leave', async () => {
    const { client, platform } = open()
    const button = await screen.findByRole('button', { name: 'Revoke the card' })
    await screen.findByRole('button', { name: 'Share to a chat' })
    button.focus()
    fireEvent.click(button)
    const sheet = screen.getByRole('alertdialog', { name: 'Revoke this card?' })
    const cancel = within(sheet).getByRole('button', { name: 'Cancel' })
    expect(document.activeElement).toBe(cancel)
    fireEvent.keyDown(cancel, { key: 'Tab' })
    expect(document.activeElement).toBe(within(sheet).getByRole('button', { name: 'Revoke' }))
    fireEvent.keyDown(sheet, { key: 'Tab', shiftKey: true })
    expect(document.activeElement).toBe(cancel)
    fireEvent.keyDown(sheet, { key: 'Escape' })
    expect(screen.queryByRole('alertdialog')).toBeNull()
    expect(document.activeElement).toBe(button)
    expect(client.revokeCard).not.toHaveBeenCalled()

    fireEvent.click(button)
    fireEvent.click(screen.getByRole('button', { name: 'Revoke' }))
    await screen.findByText('Revoked')
    expect(client.revokeCard).toHaveBeenCalledWith('c1')
    expect(platform.undeclare).toHaveBeenCalledTimes(1)
    expect(screen.queryByRole('button', { name: 'Share to a chat' })).toBeNull()
    expect(platform.offerInMenu).toHaveBeenLastCalledWith(
      expect.objectContaining({ link: 'http://localhost/h5/' }),
    )
  })
})
