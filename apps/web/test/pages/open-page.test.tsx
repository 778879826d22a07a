import { BffError, PlatformError } from '@sealcard/kit'
import { act, fireEvent, screen, waitFor, within } from '@testing-library/react'
import { App } from '../../src/app'
import { CARD, fakeServices, notSignedIn, SENDER, SHARE, show } from '../kit/fake-services'

const at = (path: string) => new URL(`https://cards.example.com${path}`) as unknown as Location
const SHARED = at('/h5/o?s=s1&from=singlemessage')

const refused = (code: ConstructorParameters<typeof BffError>[0], status: number) =>
  new BffError(code, status, 'req-1', [], null)

describe('the page of a shared card', () => {
  afterEach(() => {
    jest.useRealTimers()
  })

  it('shows the words to a proven recipient, and hides what makes copies', async () => {
    const { services, client, platform } = fakeServices()
    show(services, <App location={SHARED} />)
    expect(screen.getByRole('status', { name: 'Checking that you are a recipient…' })).toBeTruthy()
    await screen.findByText('The words')
    expect(screen.getByText(/Sent by 林晓 · 7K3Q9F/)).toBeTruthy()
    expect(client.openShare).toHaveBeenCalledTimes(1)
    expect(client.openShare).toHaveBeenCalledWith('s1', { encryptedData: 'D', iv: 'I' })
    expect(platform.hideForwarding).toHaveBeenCalledTimes(1)
    expect(document.title).toBe('Private card')
  })

  it('asks for the session and for the ticket side by side', async () => {
    const { services, client, platform } = fakeServices()
    client.ensureSession.mockReturnValue(new Promise(() => undefined))
    show(services, <App location={SHARED} />)
    expect(client.ensureSession).toHaveBeenCalled()
    await waitFor(() => {
      expect(platform.ticket).toHaveBeenCalled()
    })
  })

  it('takes the words away when the person comes back to a revoked card', async () => {
    const { services, client, platform, comeBack } = fakeServices()
    show(services, <App location={SHARED} />)
    await screen.findByText('The words')
    client.getOpening.mockResolvedValue({
      id: 'o1',
      openedAt: CARD.createdAt,
      status: 'revoked' as 'active',
    })
    act(comeBack)
    await screen.findByRole('heading', { name: 'The card was revoked' })
    expect(screen.queryByText('The words')).toBeNull()
    expect(client.openShare).toHaveBeenCalledTimes(1)
    expect(platform.prove).toHaveBeenCalledTimes(1)
  })

  it('acknowledges when the person says so', async () => {
    const { services, client } = fakeServices()
    client.openShare.mockResolvedValue({
      id: 'o1',
      openedAt: CARD.createdAt,
      expiresAt: SHARE.verifyUntil,
      sender: SENDER,
      card: { ...CARD, policy: { requireAcknowledgement: true } },
    })
    show(services, <App location={SHARED} />)
    fireEvent.click(await screen.findByRole('button', { name: 'I acknowledge' }))
    await screen.findByText('Acknowledged')
    expect(client.acknowledge).toHaveBeenCalledWith('o1')
  })

  it('counts down to the end of words that burn, and takes them away', async () => {
    jest.useFakeTimers()
    let time = 0
    const { services, client } = fakeServices({ now: () => time })
    client.openShare.mockResolvedValue({
      id: 'o1',
      openedAt: CARD.createdAt,
      expiresAt: SHARE.verifyUntil,
      opensLeft: 0,
      sender: SENDER,
      card: { ...CARD, policy: { maxOpensPerViewer: 1, requireAcknowledgement: true } },
    } as never)
    show(services, <App location={SHARED} />)
    await screen.findByText('The words')
    const pass = async (ms: number) => {
      time += ms
      await act(() => jest.advanceTimersByTimeAsync(1000))
    }
    screen.getByText('The words vanish in 1:02.')
    await pass(0)
    await pass(1800)
    screen.getByText('The words vanish in 1:00.')
    // The page was in the background: its timers slept, the clock did not.
    await pass(3_600_000)
    expect(screen.queryByText('The words')).toBeNull()
    expect(screen.queryByText(/^The words vanish/)).toBeNull()
    screen.getByRole('heading', { name: 'You have no openings left' })
    screen.getByRole('button', { name: 'I acknowledge' })
  })

  describe('with a link in its words', () => {
    const LINK = 'https://docs.example.com/a?b=1'
    const opened = async (policy: object) => {
      const made = fakeServices()
      made.client.openShare.mockResolvedValue({
        id: 'o1',
        openedAt: CARD.createdAt,
        expiresAt: SHARE.verifyUntil,
        sender: SENDER,
        card: { ...CARD, body: `Look at ${LINK}.\nhttp://plain.example.com`, policy },
      })
      show(made.services, <App location={SHARED} />)
      return (await screen.findByText(/^Look at/)).closest('article')
    }

    it('keeps words and links closed, unless the sender allows copying', async () => {
      const words = await opened({ watermark: true })
      expect(words?.className).not.toContain('opened--copy')
      expect(within(words!).queryByRole('link')).toBeNull()
      expect(screen.queryByText('You may copy the text.')).toBeNull()
    })

    it('says where the link leads before it leaves, and leaves nothing of this page behind', async () => {
      const left = jest.spyOn(window, 'open').mockReturnValue(null)
      const words = await opened({ allowCopy: true })
      expect(words?.className).toContain('opened--copy')
      expect(words?.textContent).toContain(`Look at ${LINK}.\nhttp://plain.example.com`)
      screen.getByText('You may copy the text.')
      const links = within(words!).getAllByRole('link')
      expect(links.map(({ textContent }) => textContent)).toEqual([LINK])
      fireEvent.click(links[0]!)
      const asked = screen.getByRole('alertdialog', { name: 'Leave for docs.example.com?' })
      fireEvent.click(within(asked).getByRole('button', { name: 'Cancel' }))
      expect(left).not.toHaveBeenCalled()
      expect(screen.queryByRole('alertdialog')).toBeNull()
      fireEvent.click(links[0]!)
      fireEvent.click(screen.getByRole('button', { name: 'Go there' }))
      expect(left.mock.calls).toEqual([[LINK, '_blank', 'noopener,noreferrer']])
      left.mockRestore()
    })
  })

  describe('with few openings', () => {
    const FEW = at('/h5/o?s=s1&c=1&from=singlemessage')
    const asked = (part: object = {}) => {
      const made = fakeServices()
      made.client.peekShare.mockResolvedValue({
        peek: {
          title: 'Bonus',
          sender: SENDER,
          expiresAt: SHARE.verifyUntil,
          opensLeft: 1,
          requireAcknowledgement: false,
          watermark: true,
          guardCapture: true,
          ...part,
        },
      } as never)
      return made
    }

    it('asks before it opens, and says what only a page must say', async () => {
      const { services, client } = asked()
      show(services, <App location={FEW} />)
      await screen.findByRole('heading', { level: 1, name: 'Bonus' })
      await screen.findByText('This card can be read one more time. Read it now?')
      const facts = screen.getAllByRole('listitem').map((item) => item.textContent)
      expect(facts).toContain('Sent by 林晓 · 7K3Q9F')
      expect(facts.filter((fact) => /screenshot/i.test(fact ?? ''))).toEqual([
        'A web page cannot hinder screenshots. This only works in the mini-program.',
      ])
      expect(screen.queryByText('The words')).toBeNull()
      expect(client.openShare).not.toHaveBeenCalled()
      const later = screen.getByRole('link', { name: 'Not now' })
      expect(later.getAttribute('href')).toBe('/h5/')
    })

    it('opens with the same proof when the person says so', async () => {
      const { services, client } = asked()
      show(services, <App location={FEW} />)
      fireEvent.click(await screen.findByRole('button', { name: 'Read it now' }))
      await screen.findByText('The words')
      const proof = { encryptedData: 'D', iv: 'I' }
      expect(client.peekShare.mock.calls).toEqual([['s1', proof]])
      expect(client.openShare.mock.calls).toEqual([['s1', proof]])
    })

    it('says afterwards until when it can be read, and that this was the last opening', async () => {
      const { services, client } = asked()
      client.openShare.mockResolvedValue({
        id: 'o1',
        openedAt: CARD.createdAt,
        expiresAt: SHARE.verifyUntil,
        opensLeft: 0,
        sender: SENDER,
        card: { ...CARD, policy: { guardCapture: true } },
      } as never)
      show(services, <App location={FEW} />)
      fireEvent.click(await screen.findByRole('button', { name: 'Read it now' }))
      await screen.findByText(
        'This was the last opening. Once you leave, you cannot open it again.',
      )
      expect(screen.getByText(/^Can be read until /)).toBeTruthy()
      expect(screen.getByText(/^A web page cannot hinder screenshots/)).toBeTruthy()
      expect(screen.queryByText(/Screenshots are blocked/)).toBeNull()
    })

    it('refuses as without the question', async () => {
      const { services, client } = asked()
      client.peekShare.mockRejectedValue(refused('ERR_PROOF_REJECTED', 403))
      show(services, <App location={FEW} />)
      await screen.findByRole('heading', { level: 1, name: 'This card cannot be opened here' })
      expect(client.openShare).not.toHaveBeenCalled()
    })

    it('leads the owner to their own card', async () => {
      // jsdom has no other document to go to, and says so.
      const said = jest.spyOn(console, 'error').mockImplementation()
      const { services, client } = asked()
      client.peekShare.mockResolvedValue({ owner: { cardId: 'c1' } } as never)
      show(services, <App location={FEW} />)
      await screen.findByText('This is your own card')
      said.mockRestore()
    })
  })

  it.each([
    ['ERR_PROOF_REJECTED', 403, 'This card cannot be opened here'],
    ['ERR_CARD_REVOKED', 410, 'The card was revoked'],
    ['ERR_CARD_EXPIRED', 410, 'The card has expired'],
    ['ERR_VIEW_LIMIT', 403, 'No openings left'],
    ['ERR_RATE_LIMITED', 429, 'Too many attempts'],
    ['ERR_INTERNAL', 500, 'Cannot be checked right now'],
  ] as const)('says %s (%s) as “%s”', async (code, status, title) => {
    const { services, client } = fakeServices()
    client.openShare.mockRejectedValue(refused(code, status))
    show(services, <App location={SHARED} />)
    await screen.findByRole('heading', { level: 1, name: title })
    expect(screen.getByText('Reference req-1')).toBeTruthy()
    expect(screen.queryByText('The words')).toBeNull()
  })

  it('has a page for a client that is too old, and calls nothing in it', async () => {
    const { services, platform } = fakeServices()
    platform.capabilities = { share: 'client-too-old', open: 'client-too-old' } as never
    show(services, <App location={SHARED} />)
    await screen.findByRole('heading', { name: 'This version cannot open private cards' })
    expect(platform.prove).not.toHaveBeenCalled()
  })

  it('has a page for a company whose WeCom does not accept it', async () => {
    const { services, platform } = fakeServices()
    platform.ticket.mockRejectedValue(
      new PlatformError('setup', 'getContext', { errMsg: 'agentConfig:fail' }),
    )
    show(services, <App location={SHARED} />)
    await screen.findByRole('heading', { name: 'Not available here right now' })
    expect(screen.getByText(/switch to the sender’s company/)).toBeTruthy()
  })

  it('offers the login when it came back without a session', async () => {
    const { services, client, signIn } = fakeServices()
    client.ensureSession.mockRejectedValue(notSignedIn())
    show(services, <App location={SHARED} />)
    fireEvent.click(await screen.findByRole('button', { name: 'Sign in again' }))
    expect(signIn).toHaveBeenCalledTimes(1)
  })
})

describe('a shared card outside of WeCom', () => {
  it.each([
    ['wechat', /WeChat cannot prove that you received it/],
    ['browser', /A browser cannot prove that you received this card/],
  ] as const)(
    'is explained in %s, the same for every share, and asks nothing',
    async (place, why) => {
      const { services, client, platform } = fakeServices({ place })
      const { container, unmount } = show(services, <App location={SHARED} />)
      expect(screen.getByText(why)).toBeTruthy()
      const said = container.innerHTML
      unmount()
      expect(show(services, <App location={at('/h5/o?s=another')} />).container.innerHTML).toBe(
        said,
      )
      await waitFor(() => {
        expect(document.title).toBe('Open this in WeCom')
      })
      const { proofs: _proofs, ...calls } = client
      for (const call of [...Object.values(calls), platform.ticket, platform.prove]) {
        expect(call).not.toHaveBeenCalled()
      }
    },
  )

  it('is no page of own cards in WeChat', () => {
    const { services, client } = fakeServices({ place: 'wechat' })
    show(services, <App location={at('/h5/')} />)
    expect(screen.getByText('This page works in WeCom.')).toBeTruthy()
    expect(client.listCards).not.toHaveBeenCalled()
  })
})
