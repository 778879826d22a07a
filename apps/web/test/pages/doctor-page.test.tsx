import { BffError, PlatformError } from '@sealcard/kit'
import { fireEvent, screen, waitFor } from '@testing-library/react'
import { App } from '../../src/app'
import { fakeServices, show } from '../kit/fake-services'

const PAGE = new URL('https://cards.example.com/h5/?doctor=R1') as unknown as Location

describe('the page of the doctor', () => {
  it('declares what the doctor waits for, and then sends itself', async () => {
    const { services, client, platform } = fakeServices()
    platform.ticket.mockResolvedValue(null)
    show(services, <App location={PAGE} />)
    fireEvent.click(await screen.findByRole('button', { name: 'Send to a colleague' }))
    await screen.findByRole('heading', { name: 'Sent' })
    expect(client.doctorState).toHaveBeenCalledWith('R1')
    expect(platform.declare).toHaveBeenCalledWith({ platform: 'wecom', state: 'STATE' })
    const link = `${window.location.origin}/h5/?doctor=R1`
    expect(platform.share).toHaveBeenCalledWith(expect.objectContaining({ link }))
    expect(client.giveSample).not.toHaveBeenCalled()
  })

  it('opened from a chat, gives the doctor what the platform gave', async () => {
    const { services, client, platform } = fakeServices()
    show(services, <App location={PAGE} />)
    await screen.findByRole('heading', { name: 'The sample arrived' })
    expect(client.giveSample).toHaveBeenCalledWith(
      'R1',
      { encryptedData: 'D', iv: 'I' },
      { sdk: '2.4.4', blocked: [] },
    )
    expect(platform.declare).not.toHaveBeenCalled()
  })

  it('says what the page’s policy refused, and tells the doctor', async () => {
    const facts = { sdk: '2.4.4', blocked: ['script-src-elem', 'connect-src'] }
    const { services, client } = fakeServices({ pageFacts: () => facts })
    show(services, <App location={PAGE} />)
    await screen.findByText(
      'SDK 2.4.4. The page’s policy (CSP) refused: script-src-elem, connect-src.',
    )
    expect(client.giveSample).toHaveBeenCalledWith('R1', expect.anything(), facts)
  })

  it('says that no doctor waits', async () => {
    const { services, client, platform } = fakeServices()
    platform.ticket.mockResolvedValue(null)
    client.doctorState.mockRejectedValue(new BffError('ERR_NOT_FOUND', 404, 'req-1', [], null))
    show(services, <App location={PAGE} />)
    await screen.findByRole('heading', { name: 'No doctor waits now' })
    expect(platform.declare).not.toHaveBeenCalled()
  })

  it('shows which call the platform refused, in its own words, and tries again', async () => {
    const { services, client, platform } = fakeServices()
    const errMsg = 'getShareInfo:fail_nopermission'
    platform.prove.mockRejectedValueOnce(new PlatformError('setup', 'getShareInfo', { errMsg }))
    show(services, <App location={PAGE} />)
    await screen.findByText(new RegExp(errMsg))
    fireEvent.click(screen.getByRole('button', { name: 'Try again' }))
    await screen.findByRole('heading', { name: 'The sample arrived' })
    expect(client.giveSample).toHaveBeenCalledTimes(1)
  })

  it.each(['wechat', 'browser'] as const)('asks nothing outside WeCom: %s', async (place) => {
    const { services, client, platform } = fakeServices({ place })
    show(services, <App location={PAGE} />)
    await waitFor(() => {
      expect(document.title).toBe('Open this in WeCom')
    })
    expect(client.doctorState).not.toHaveBeenCalled()
    expect(platform.ticket).not.toHaveBeenCalled()
  })
})
