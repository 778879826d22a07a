/** @jest-environment jsdom */
import { act, renderHook, waitFor } from '@testing-library/react'
import { StrictMode } from 'react'
import { createBffClient } from '../src/bff-client.js'
import { detectPlatform } from '../src/detect.js'
import { useOpening, usePrivateShare, type SharePageHooks } from '../src/react/index.js'
import { BASE, fakeBff } from '../src/testing/fake-bff.js'
import { fakeWx } from '../src/testing/fake-wx.js'
import { memoryStorage } from '../src/testing/memory-storage.js'
import { OPENING, SHARE } from './kit/answers.js'

const OPEN = 'POST /v1/shares/S/openings'
const MAKE = 'POST /v1/cards/C/shares'

const setUp = () => {
  const { wx, named } = withNames()
  const bff = fakeBff()
  const platform = detectPlatform(wx)
  const client = createBffClient({
    baseUrl: BASE,
    app: 'a',
    request: bff.request,
    storage: memoryStorage(),
    login: () => platform.login(),
    now: () => 0,
  })
  bff.on(OPEN, { status: 201, body: OPENING })
  bff.on('POST /v1/shares/S2/openings', { status: 201, body: { ...OPENING, id: 'O2' } })
  bff.on(MAKE, { status: 201, body: { ...SHARE, shareUntil: '2100-01-01T00:00:00Z' } })
  const sent = (line: string) => bff.lines().filter((one) => one === line).length
  return { bff, platform, client, named, sent }
}

const withNames = () => {
  const fake = fakeWx()
  return { ...fake, named: (api: string) => fake.calls.filter((call) => call.api === api).length }
}

/** A page of Taro, whose moments the test decides. */
const fakePage = () => {
  const now: { show?: () => void; unload?: () => void; share?: () => object } = {}
  const page: SharePageHooks = {
    useDidShow: (run) => void (now.show = run),
    useUnload: (run) => void (now.unload = run),
    useShareAppMessage: (message) => void (now.share = message),
  }
  return { page, now }
}

describe('useOpening', () => {
  it('opens when the page shows, and not before', async () => {
    const { platform, client, sent } = setUp()
    const { page, now } = fakePage()
    const { result } = renderHook(() => useOpening({ page, platform, client, shareId: 'S' }))
    expect(result.current.state).toEqual({ step: 'opening' })
    expect(sent(OPEN)).toBe(0)
    act(() => now.show?.())
    await waitFor(() => expect(result.current.state.step).toBe('opened'))
    expect(sent(OPEN)).toBe(1)
  })

  it('opens once where React mounts twice', async () => {
    const { platform, client, sent } = setUp()
    const { result } = renderHook(() => useOpening({ platform, client, shareId: 'S' }), {
      wrapper: StrictMode,
    })
    await waitFor(() => expect(result.current.state.step).toBe('opened'))
    expect(sent(OPEN)).toBe(1)
  })

  it('never shows the card of another share', async () => {
    const { platform, client } = setUp()
    const { result, rerender } = renderHook(
      ({ shareId }) => useOpening({ platform, client, shareId }),
      { initialProps: { shareId: 'S' } },
    )
    await waitFor(() => expect(result.current.state).toMatchObject({ opening: { id: 'O' } }))
    rerender({ shareId: 'S2' })
    expect(result.current.state).toEqual({ step: 'opening' })
    await waitFor(() => expect(result.current.state).toMatchObject({ opening: { id: 'O2' } }))
  })

  it('opens nothing for a page that has gone again', async () => {
    const { platform, client, sent } = setUp()
    const { page, now } = fakePage()
    const { result } = renderHook(() => useOpening({ page, platform, client, shareId: 'S' }))
    act(() => now.show?.())
    act(() => now.unload?.())
    await act(() => client.getOpening('O').catch(() => undefined))
    expect(result.current.state).toEqual({ step: 'opening' })
    expect(sent(OPEN)).toBe(0)
  })
})

describe('usePrivateShare', () => {
  const render = (more: object = {}) => {
    const world = setUp()
    const { page, now } = fakePage()
    const onTap = jest.fn()
    const { platform, client } = world
    const hook = renderHook(() =>
      usePrivateShare({
        page,
        platform,
        client,
        cardId: 'C',
        imageUrl: '/share.png',
        fallback: { title: 'Shop', path: '/pages/index/index' },
        now: () => 0,
        onTap,
        ...more,
      }),
    )
    return { ...world, ...hook, now, onTap }
  }

  it('lets the harmless way leave until the card is declared, and always with a picture', async () => {
    const { result, now, onTap, named } = render()
    expect(now.share?.()).toEqual({
      title: 'Shop',
      path: '/pages/index/index',
      imageUrl: '/share.png',
    })
    expect(onTap).not.toHaveBeenCalled()
    act(() => now.show?.())
    await waitFor(() => expect(result.current.state.step).toBe('ready'))
    expect(named('updateShareMenu')).toBe(1)
    expect(now.share?.()).toEqual({
      title: 'T',
      path: '/pages/open/index?s=S1',
      imageUrl: '/share.png',
    })
    expect(onTap).toHaveBeenCalledTimes(1)
  })

  it('asks for the share of the label of that moment', async () => {
    const labels = ['Finance', undefined]
    const { result, now, bff } = render({ label: () => Promise.resolve(labels.shift()) })
    act(() => now.show?.())
    await waitFor(() => expect(result.current.state.step).toBe('ready'))
    act(() => {
      result.current.change()
    })
    expect(result.current.state.step).toBe('preparing')
    await waitFor(() => expect(result.current.state.step).toBe('ready'))
    expect(bff.calls.slice(-2).map(({ body }) => body)).toEqual(['{"label":"Finance"}', '{}'])
  })

  it('stops for good, and takes the declaration back', async () => {
    const { result, now, named } = render()
    act(() => now.show?.())
    await waitFor(() => expect(result.current.state.step).toBe('ready'))
    act(() => {
      result.current.stop()
      now.show?.()
    })
    await waitFor(() => expect(named('updateShareMenu')).toBe(2))
    expect(now.share?.()).toMatchObject({ path: '/pages/index/index' })
  })
})
