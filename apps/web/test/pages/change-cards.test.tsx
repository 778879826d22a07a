import type { Reader } from '@sealcard/kit'
import { BffError, BffUnreachable } from '@sealcard/kit'
import type { Card } from '@sealcard/protocol'
import { act, fireEvent, screen, waitFor, within } from '@testing-library/react'
import { App } from '../../src/app'
import { CARD, fakeServices, NOW, SHARE, show } from '../kit/fake-services'

const page = () => <App location={window.location} />
const go = (hash: string) => {
  window.location.hash = hash
}
const DAY = 24 * 60 * 60 * 1000
const iso = (after: number) => new Date(NOW + after).toISOString()
const button = (name: string) => screen.findByRole('button', { name })

const open = (card: Partial<Card> = {}, hash = '#/card/c1') => {
  const made = fakeServices()
  made.client.getCard.mockResolvedValue({ ...CARD, ...card })
  go(hash)
  const shown = show(made.services, page())
  return { ...made, ...shown }
}

beforeEach(() => {
  window.scrollTo = jest.fn()
})
afterEach(() => {
  jest.useRealTimers()
})

describe('a card of one’s own is extended', () => {
  const EXPIRING = { policy: { expiresAt: iso(DAY), watermark: true } }

  it('by one press, and says until when', async () => {
    const { client } = open(EXPIRING)
    client.updateCard.mockImplementation((async (_: string, { policy }: { policy: object }) => ({
      ...CARD,
      policy: { ...EXPIRING.policy, ...policy },
    })) as never)
    fireEvent.click(await button('+7 days'))
    await screen.findByText(/^Extended to 2026-01-0[89]/)
    expect(client.updateCard).toHaveBeenCalledTimes(1)
    expect(client.updateCard).toHaveBeenCalledWith('c1', { policy: { expiresAt: iso(8 * DAY) } })
  })

  it('by a date, which must be later than its end', async () => {
    const { client } = open(EXPIRING)
    const date = await screen.findByLabelText('Choose a date')
    fireEvent.click(screen.getByRole('button', { name: 'Extend to this date' }))
    await screen.findByText('Choose a later date.')
    expect(date.getAttribute('aria-invalid')).toBe('true')
    fireEvent.change(date, { target: { value: '2026-01-01' } })
    fireEvent.click(screen.getByRole('button', { name: 'Extend to this date' }))
    await screen.findByText('Choose a later date.')
    fireEvent.change(date, { target: { value: '2026-03-01' } })
    fireEvent.click(screen.getByRole('button', { name: 'Extend to this date' }))
    await waitFor(() => {
      expect(client.updateCard).toHaveBeenCalledTimes(1)
    })
    const end = new Date(2026, 2, 1, 23, 59, 59).toISOString()
    expect(client.updateCard).toHaveBeenCalledWith('c1', { policy: { expiresAt: end } })
  })

  it('also when it has expired, and can then be shared again', async () => {
    const made = fakeServices()
    const expired = { ...CARD, policy: { expiresAt: iso(-DAY) }, status: 'expired' as const }
    made.client.getCard.mockResolvedValue(expired)
    made.client.createShare.mockRejectedValueOnce(
      new BffError('ERR_CARD_EXPIRED', 410, null, [], null),
    )
    made.client.updateCard.mockResolvedValue({ ...CARD, policy: { expiresAt: iso(DAY) } })
    go('#/card/c1')
    show(made.services, page())
    await screen.findByText('Once extended, those who received it can open it again.')
    expect(screen.queryByRole('link', { name: /^Edit/ })).toBeNull()
    fireEvent.click(await button('+24 hours'))
    await screen.findByText('Active')
    await button('Share to a chat')
    expect(made.client.updateCard).toHaveBeenCalledWith('c1', { policy: { expiresAt: iso(DAY) } })
  })

  it('and asks once for a share when the end comes while its page is open', async () => {
    const made = fakeServices()
    made.client.createShare.mockRejectedValue(new BffError('ERR_CARD_EXPIRED', 410, null, [], null))
    go('#/card/c1')
    show(made.services, page())
    await screen.findByText('Expired; it cannot be shared.')
    expect(made.client.createShare).toHaveBeenCalledTimes(1)
  })

  it('not when it was revoked, nor when it has no end', async () => {
    open({ policy: { expiresAt: iso(DAY) }, status: 'revoked' }).unmount()
    const { unmount } = open({ policy: { expiresAt: iso(DAY) }, status: 'revoked' })
    await button('Delete the card')
    expect(screen.queryByRole('button', { name: '+7 days' })).toBeNull()
    unmount()
    open()
    await button('Delete the card')
    expect(screen.queryByRole('button', { name: '+7 days' })).toBeNull()
  })

  it('not when the service says no: then the reason is there, and the card as it was', async () => {
    const { client } = open(EXPIRING)
    const issues = [{ path: 'policy.expiresAt', message: 'x' }]
    client.updateCard.mockRejectedValue(new BffError('ERR_INPUT', 400, null, issues, null))
    fireEvent.click(await button('+7 days'))
    await screen.findByText('Something is not accepted: policy.expiresAt')
    expect(screen.getByText(/Can be read until 2026-01-02/)).toBeTruthy()
  })
})

describe('a card of one’s own is edited', () => {
  it('in words and rules before the first opening', async () => {
    const { client } = open({ policy: { expiresAt: iso(DAY), maxViewers: 3 } })
    fireEvent.click(await screen.findByRole('link', { name: /^Edit.*title and text can change/ }))
    act(() => {
      go('#/edit/c1')
    })
    const title = await screen.findByLabelText<HTMLInputElement>('Title')
    expect(title.value).toBe('Bonus')
    expect(screen.getByRole<HTMLInputElement>('radio', { name: /^Unchanged/ }).checked).toBe(true)
    fireEvent.change(title, { target: { value: 'Bonus 2' } })
    fireEvent.change(screen.getByLabelText('Max. readers'), { target: { value: '' } })
    fireEvent.click(screen.getByRole('radio', { name: '7 days' }))
    fireEvent.click(await button('Save'))
    await waitFor(() => {
      expect(window.location.hash).toBe('#/card/c1')
    })
    expect(client.updateCard).toHaveBeenCalledWith('c1', {
      title: 'Bonus 2',
      policy: { expiresAt: iso(7 * DAY), maxViewers: null },
    })
  })

  it('only in its rules after it', async () => {
    const openings = { viewers: 1, total: 1, refused: 0, firstAt: iso(0), lastAt: iso(0) }
    const { client } = open({ openings }, '#/edit/c1')
    await screen.findByText(/It was opened, so its title and text stay/)
    expect(screen.queryByLabelText('Title')).toBeNull()
    fireEvent.click(screen.getByRole('switch', { name: 'Request an acknowledgement' }))
    fireEvent.click(await button('Save'))
    await waitFor(() => {
      expect(client.updateCard).toHaveBeenCalledWith('c1', {
        policy: { requireAcknowledgement: true },
      })
    })
  })

  it('and asks the service nothing when nothing changed', async () => {
    const { client } = open({}, '#/edit/c1')
    await screen.findByLabelText('Title')
    fireEvent.click(await button('Save'))
    await waitFor(() => {
      expect(window.location.hash).toBe('#/card/c1')
    })
    expect(client.updateCard).not.toHaveBeenCalled()
  })

  it('but its words stay when somebody opens it in that moment; the rest can be saved', async () => {
    const { client } = open({}, '#/edit/c1')
    client.updateCard.mockRejectedValueOnce(new BffError('ERR_CONFLICT', 409, null, [], null))
    fireEvent.change(await screen.findByLabelText('Title'), { target: { value: 'Other' } })
    fireEvent.change(screen.getByLabelText('Max. readers'), { target: { value: '2' } })
    fireEvent.click(await button('Save'))
    await screen.findByText(/Someone has just opened this card/)
    expect(screen.queryByLabelText('Title')).toBeNull()
    fireEvent.click(await button('Save'))
    await waitFor(() => {
      expect(client.updateCard).toHaveBeenLastCalledWith('c1', { policy: { maxViewers: 2 } })
    })
  })

  it('with mistakes named, and what was entered kept without a network', async () => {
    const { client } = open({}, '#/edit/c1')
    const title = await screen.findByLabelText<HTMLInputElement>('Title')
    fireEvent.change(title, { target: { value: ' ' } })
    fireEvent.click(await button('Save'))
    await screen.findByText('A title is needed')
    expect(title.getAttribute('aria-invalid')).toBe('true')
    fireEvent.change(title, { target: { value: 'Other' } })
    client.updateCard.mockRejectedValueOnce(new BffUnreachable(null))
    fireEvent.click(await button('Save'))
    await screen.findByText(/No connection.*Your changes are still here/)
    expect(title.value).toBe('Other')
  })

  it('or says why it cannot be loaded', async () => {
    const made = fakeServices()
    made.client.getCard.mockRejectedValueOnce(new BffUnreachable(null))
    go('#/edit/c1')
    show(made.services, page())
    await screen.findByText('The card did not load')
    fireEvent.click(await button('Try again'))
    await screen.findByLabelText('Title')
  })
})

describe('a card of one’s own is duplicated', () => {
  it('into a draft with its words and rules', async () => {
    open({ policy: { maxViewers: 2 } })
    fireEvent.click(await screen.findByRole('button', { name: /^Duplicate/ }))
    const title = await screen.findByLabelText<HTMLInputElement>('Title')
    expect(window.location.hash).toBe('#/write')
    expect(title.value).toBe('Bonus')
    expect(screen.getByLabelText<HTMLTextAreaElement>('Text').value).toBe('The words')
    expect(screen.getByLabelText<HTMLInputElement>('Max. readers').value).toBe('2')
  })

  it('and does not take the place of an unsent draft without a question', async () => {
    const { services, unmount } = open({}, '#/write')
    fireEvent.change(await screen.findByLabelText('Title'), { target: { value: 'Mine' } })
    unmount()
    go('#/card/c1')
    show(services, page())
    fireEvent.click(await screen.findByRole('button', { name: /^Duplicate/ }))
    const sheet = screen.getByRole('alertdialog', { name: 'Replace your unsent draft?' })
    fireEvent.click(within(sheet).getByRole('button', { name: 'Cancel' }))
    expect(window.location.hash).toBe('#/card/c1')
    fireEvent.click(screen.getByRole('button', { name: /^Duplicate/ }))
    fireEvent.click(screen.getByRole('button', { name: 'Replace' }))
    expect((await screen.findByLabelText<HTMLInputElement>('Title')).value).toBe('Bonus')
  })
})

describe('a card of one’s own is deleted', () => {
  it('after a question that says what happens', async () => {
    const { client, platform } = open()
    await button('Share to a chat')
    fireEvent.click(await button('Delete the card'))
    const sheet = screen.getByRole('alertdialog', { name: 'Delete this card?' })
    expect(sheet.textContent).toContain('title and text are erased now')
    fireEvent.click(within(sheet).getByRole('button', { name: 'Cancel' }))
    expect(client.deleteCard).not.toHaveBeenCalled()
    fireEvent.click(screen.getByRole('button', { name: 'Delete the card' }))
    fireEvent.click(screen.getByRole('button', { name: 'Delete' }))
    await screen.findByText('No cards yet')
    expect(client.deleteCard).toHaveBeenCalledWith('c1')
    expect(platform.undeclare).toHaveBeenCalled()
  })

  it('or stays, with the reason', async () => {
    const { client } = open()
    client.deleteCard.mockRejectedValue(new BffUnreachable(null))
    fireEvent.click(await button('Delete the card'))
    fireEvent.click(screen.getByRole('button', { name: 'Delete' }))
    await screen.findByText('No connection. Check your network.')
    expect(screen.getByText('Bonus')).toBeTruthy()
  })
})

describe('shares of a card', () => {
  it('have labels: no share leaves with another label than the one that was typed', async () => {
    const { client, platform } = open()
    const share = await button('Share to a chat')
    client.createShare.mockResolvedValueOnce({
      ...SHARE,
      id: 's2',
      h5Url: 'https://cards.example.com/h5/o?s=s2',
      declare: { platform: 'wecom', state: 'STATE-2' },
    })
    fireEvent.change(screen.getByLabelText('For whom (optional)'), {
      target: { value: ' 财务群 ' },
    })
    expect(share.hasAttribute('disabled')).toBe(true)
    await waitFor(() => {
      expect(share.hasAttribute('disabled')).toBe(false)
    })
    expect(client.createShare).toHaveBeenLastCalledWith('c1', { label: '财务群' })
    expect(platform.declare).toHaveBeenLastCalledWith({ platform: 'wecom', state: 'STATE-2' })
    fireEvent.click(share)
    await screen.findByText('Sent')
    expect(platform.share).toHaveBeenCalledWith(
      expect.objectContaining({ link: 'https://cards.example.com/h5/o?s=s2' }),
    )
    await screen.findByText(/^Sent 2026.*财务群$/)
  })

  it('were sent, as the list and the page say later', async () => {
    const { services, client, unmount } = open()
    fireEvent.click(await button('Share to a chat'))
    await screen.findByText('Sent')
    unmount()
    const openings = { viewers: 0, total: 0, refused: 0, firstAt: null, lastAt: null }
    client.listCards.mockResolvedValue({
      items: [{ ...CARD, openings }],
      nextCursor: null,
    } as never)
    go('#/')
    show(services, page())
    await screen.findByRole('link', { name: /Bonus.*Shared.*Not opened yet/ })
  })

  it('stand apart in the roster, each with its readers', async () => {
    const reader = (id: string, name: string, share: Reader['share']): Reader => ({
      viewer: { id, name, nameFrom: 'platform', code: '7K3Q9F' },
      firstAt: iso(0),
      lastAt: iso(0),
      count: 1,
      ...(share && { share }),
    })
    const made = fakeServices()
    made.client.listOpenings.mockResolvedValue({
      items: [
        reader('a', 'Ann', { id: 's1', label: 'Finance' }),
        reader('b', 'Ben', { id: 's2' }),
        reader('c', 'Cy', { id: 's1', label: 'Finance' }),
      ],
      nextCursor: null,
    } as never)
    go('#/card/c1')
    show(made.services, page())
    const finance = (await screen.findByRole('heading', { name: 'Through “Finance”' }))
      .parentElement
    expect(within(finance as HTMLElement).getAllByRole('listitem')).toHaveLength(2)
    const other = screen.getByRole('heading', { name: 'Share without a label' }).parentElement
    expect(within(other as HTMLElement).getByText(/Ben/)).toBeTruthy()
  })
})

describe('readings', () => {
  it('arrive while the page is open, and not while it is hidden', async () => {
    jest.useFakeTimers()
    const { client } = open()
    await screen.findByText('Nobody has opened it yet')
    const asked = client.getCard.mock.calls.length
    const openings = { viewers: 1, total: 1, refused: 0, firstAt: iso(0), lastAt: iso(0) }
    client.getCard.mockResolvedValue({ ...CARD, openings })
    client.listOpenings.mockResolvedValue({
      items: [
        {
          viewer: { id: 'a', name: 'Ann', nameFrom: 'platform', code: '7K3Q9F' },
          firstAt: iso(0),
          lastAt: iso(0),
          count: 1,
        },
      ],
      nextCursor: null,
    } as never)
    const visible = jest.spyOn(document, 'visibilityState', 'get')
    const become = (state: DocumentVisibilityState) => {
      visible.mockReturnValue(state)
      document.dispatchEvent(new Event('visibilitychange'))
    }
    act(() => {
      become('hidden')
    })
    await act(() => jest.advanceTimersByTimeAsync(10 * 60_000))
    expect(client.getCard).toHaveBeenCalledTimes(asked)
    act(() => {
      become('visible')
    })
    await act(() => jest.advanceTimersByTimeAsync(5_000))
    expect(screen.getByText(/Ann/)).toBeTruthy()
    visible.mockRestore()
  })

  it('are not asked for once the card is revoked', async () => {
    jest.useFakeTimers()
    const { client } = open({ status: 'revoked' })
    await screen.findByText('Revoked')
    const asked = client.getCard.mock.calls.length
    await act(() => jest.advanceTimersByTimeAsync(10 * 60_000))
    expect(client.getCard).toHaveBeenCalledTimes(asked)
  })
})

describe('who came too late', () => {
  it('is named, with the cause', async () => {
    const made = fakeServices()
    const openings = { viewers: 0, total: 0, refused: 1, firstAt: null, lastAt: null }
    made.client.getCard.mockResolvedValue({ ...CARD, openings })
    made.client.listRefusals.mockResolvedValue({
      items: [
        {
          viewer: { id: 'a', name: 'Ann', nameFrom: 'platform', code: '7K3Q9F' },
          at: iso(0),
          reason: 'card_expired',
        },
      ],
      nextCursor: null,
    } as never)
    go('#/card/c1')
    show(made.services, page())
    await screen.findByRole('heading', { name: 'Who came too late' })
    expect(screen.getByText(/Ann/)).toBeTruthy()
    expect(screen.getByText(/after it expired/)).toBeTruthy()
  })

  it('is not asked for where nobody was refused', async () => {
    const { client } = open()
    await screen.findByText('Nobody has opened it yet')
    expect(client.listRefusals).not.toHaveBeenCalled()
  })
})
