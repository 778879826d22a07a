import { SEARCH_AFTER_MS } from '@sealcard/client'
import { BffUnreachable } from '@sealcard/kit'
import { act, fireEvent, screen, waitFor } from '@testing-library/react'
import { App } from '../../src/app'
import { CARD, fakeServices, show } from '../kit/fake-services'

const page = () => <App location={window.location} />
const go = (hash: string) => {
  window.location.hash = hash
}
const cards = (from: number, n: number) =>
  Array.from({ length: n }, (_, i) => ({ ...CARD, id: `c${from + i}`, title: `Card ${from + i}` }))

beforeEach(() => {
  go('')
  window.scrollTo = jest.fn()
})
afterEach(() => {
  jest.useRealTimers()
})

describe('a search among one’s own cards', () => {
  it('asks once when the typing pauses, and not for one character', async () => {
    jest.useFakeTimers()
    const pause = () => act(() => jest.advanceTimersByTimeAsync(SEARCH_AFTER_MS))
    const { services, client } = fakeServices()
    show(services, page())
    const field = await screen.findByRole('searchbox', { name: 'Search titles' })
    for (const text of ['B', 'Bo', 'Bon', 'Bonus', 'Bonus ']) {
      fireEvent.change(field, { target: { value: text } })
    }
    await pause()
    await screen.findByText('No cards match')
    expect(client.listCards.mock.calls).toEqual([
      ['sent', {}],
      ['sent', { q: 'Bonus' }],
    ])
    fireEvent.change(field, { target: { value: 'B' } })
    await pause()
    await screen.findByText('No cards yet')
    expect(client.listCards).toHaveBeenLastCalledWith('sent', {})
  })

  it('goes on over pages on which nothing was found, and does not say that there is nothing', async () => {
    const { services, client } = fakeServices()
    const pages = [
      { items: [], nextCursor: 'n1' },
      { items: [], nextCursor: 'n2' },
      { items: [CARD], nextCursor: null },
    ]
    client.listCards.mockImplementation((async () => pages.shift()) as never)
    show(services, page())
    await screen.findByText('Bonus')
    expect((client.listCards.mock.calls as unknown[][]).map(([, options]) => options)).toEqual([
      {},
      { cursor: 'n1' },
      { cursor: 'n2' },
    ])
  })

  it('stops where a page fails, and goes on when it is asked to', async () => {
    const { services, client } = fakeServices()
    client.listCards
      .mockResolvedValueOnce({ items: [], nextCursor: 'n1' } as never)
      .mockRejectedValueOnce(new BffUnreachable(null))
      .mockResolvedValueOnce({ items: [CARD], nextCursor: null } as never)
    show(services, page())
    await screen.findByText('No connection. Check your network.')
    expect(client.listCards).toHaveBeenCalledTimes(2)
    fireEvent.click(screen.getByRole('button', { name: 'Load more' }))
    await screen.findByText('Bonus')
  })

  it('goes with a status, which is asked for at once', async () => {
    const { services, client } = fakeServices()
    client.listCards.mockResolvedValue({ items: [CARD], nextCursor: null } as never)
    show(services, page())
    await screen.findByText('Bonus')
    fireEvent.click(screen.getByRole('radio', { name: 'Expired' }))
    expect(client.listCards).toHaveBeenLastCalledWith('sent', { status: 'expired' })
    fireEvent.change(screen.getByRole('searchbox'), { target: { value: 'Bonus' } })
    await waitFor(() => {
      expect(client.listCards).toHaveBeenLastCalledWith('sent', { status: 'expired', q: 'Bonus' })
    })
  })

  it('that finds nothing can be cleared', async () => {
    const { services, client } = fakeServices()
    show(services, page())
    await screen.findByText('No cards yet')
    fireEvent.click(screen.getByRole('radio', { name: 'Revoked' }))
    await screen.findByText('No cards match')
    client.listCards.mockResolvedValue({ items: [CARD], nextCursor: null } as never)
    fireEvent.click(screen.getByRole('button', { name: 'Clear the filter' }))
    await screen.findByText('Bonus')
    expect(screen.getByRole<HTMLInputElement>('radio', { name: 'All' }).checked).toBe(true)
  })

  it('that failed is tried again as it was', async () => {
    const { services, client } = fakeServices()
    show(services, page())
    await screen.findByText('No cards yet')
    client.listCards.mockRejectedValueOnce(new BffUnreachable(null))
    fireEvent.click(screen.getByRole('radio', { name: 'Active' }))
    await screen.findByText('The list did not load')
    fireEvent.click(screen.getByRole('button', { name: 'Try again' }))
    await screen.findByText('No cards match')
    expect(client.listCards).toHaveBeenLastCalledWith('sent', { status: 'active' })
  })

  it('is there again for whoever comes back from a card', async () => {
    const { services, client } = fakeServices()
    client.listCards.mockResolvedValue({ items: [CARD], nextCursor: null } as never)
    show(services, page())
    fireEvent.change(await screen.findByRole('searchbox'), { target: { value: 'Bonus' } })
    await waitFor(() => {
      expect(client.listCards).toHaveBeenLastCalledWith('sent', { q: 'Bonus' })
    })
    act(() => {
      go('#/card/c1')
    })
    await screen.findByText('The words')
    act(() => {
      go('#/')
    })
    expect((await screen.findByRole<HTMLInputElement>('searchbox')).value).toBe('Bonus')
    expect(client.listCards).toHaveBeenLastCalledWith('sent', { q: 'Bonus' })
  })

  it('goes along to the cards that were received, which have no status to choose', async () => {
    const { services, client } = fakeServices()
    show(services, page())
    fireEvent.click(await screen.findByRole('radio', { name: 'Active' }))
    fireEvent.change(screen.getByRole('searchbox'), { target: { value: 'Bonus' } })
    await screen.findByText('No cards match')
    client.listCards.mockResolvedValue({ items: [CARD], nextCursor: null } as never)
    act(() => {
      go('#/received')
    })
    await screen.findByText('Bonus')
    expect(screen.queryByRole('radio', { name: 'Active' })).toBeNull()
    await waitFor(() => {
      expect(client.listCards).toHaveBeenLastCalledWith('received', { q: 'Bonus' })
    })
  })
})

describe('a list of five hundred cards', () => {
  it('draws a hundred at most, and every card can be reached', async () => {
    const { services, client } = fakeServices()
    client.listCards.mockImplementation((async (
      _: string,
      { cursor = '0' }: { cursor?: string },
    ) => {
      const from = Number(cursor)
      return { items: cards(from, 20), nextCursor: from + 20 < 500 ? String(from + 20) : null }
    }) as never)
    const { container } = show(services, page())
    await screen.findByText('Card 0')
    const reached = new Set<string>()
    let most = 0
    for (let presses = 0; presses < 60; presses++) {
      const lines = container.querySelectorAll('.cards > li')
      for (const line of lines) reached.add(/Card \d+/.exec(line.textContent)?.[0] ?? '')
      most = Math.max(most, container.querySelectorAll('*').length)
      expect(lines.length).toBeLessThanOrEqual(100)
      const next = screen.queryByText('Load more') ?? screen.queryByText('Next page')
      if (!next) break
      const { length } = client.listCards.mock.calls
      fireEvent.click(next)
      await waitFor(() => {
        expect(screen.queryByText('Loading')).toBeNull()
        expect(container.querySelector('.cards > li')).not.toBeNull()
        expect(client.listCards.mock.calls.length).toBeGreaterThan(length)
      })
    }
    expect(reached.size).toBe(500)
    expect(most).toBeLessThan(1_200)
    fireEvent.click(screen.getByRole('button', { name: 'Previous page' }))
    expect(screen.getByText('Cards 301 to 400')).toBeTruthy()
  })
})

describe('quick settings', () => {
  it('set the fields below, and are taken back', async () => {
    const { services, client } = fakeServices()
    go('#/write')
    show(services, page())
    fireEvent.change(await screen.findByLabelText('Title'), { target: { value: 'Bonus' } })
    for (const name of ['One reader only', '24 hours', 'Acknowledgement', 'Burn after reading']) {
      fireEvent.click(screen.getByRole('checkbox', { name }))
    }
    expect(screen.getByLabelText<HTMLInputElement>('Max. readers').value).toBe('1')
    expect(screen.getByRole<HTMLInputElement>('radio', { name: '1 day' }).checked).toBe(true)
    fireEvent.click(screen.getByRole('checkbox', { name: '24 hours' }))
    expect(screen.getByRole<HTMLInputElement>('radio', { name: '7 days' }).checked).toBe(true)
    fireEvent.click(screen.getByRole('button', { name: 'Continue to share' }))
    await waitFor(() => {
      expect(client.createCard).toHaveBeenCalledTimes(1)
    })
    const [[{ policy }]] = client.createCard.mock.calls as unknown as [[{ policy: object }]]
    expect(policy).toMatchObject({
      maxViewers: 1,
      maxOpensPerViewer: 1,
      requireAcknowledgement: true,
    })
  })

  it('of the last card are those of the next', async () => {
    const { services } = fakeServices()
    go('#/write')
    const { unmount } = show(services, page())
    fireEvent.change(await screen.findByLabelText('Title'), { target: { value: 'Bonus' } })
    fireEvent.click(screen.getByRole('checkbox', { name: 'Burn after reading' }))
    fireEvent.click(screen.getByRole('button', { name: 'Continue to share' }))
    await screen.findByText('The words')
    unmount()
    go('#/write')
    show(services, page())
    const burn = await screen.findByRole<HTMLInputElement>('checkbox', {
      name: 'Burn after reading',
    })
    expect(burn.checked).toBe(true)
    expect(screen.getByLabelText<HTMLInputElement>('Title').value).toBe('')
  })
})
