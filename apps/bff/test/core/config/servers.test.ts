import { type Json, goodFile, load, mistakes, withApp } from '../../kit/config-file.js'

describe('a back-end of the adopter in the configuration', () => {
  it('exchanges the codes of an app only where the file says so', () => {
    expect(load(withApp({ login: 'server' })).apps[0]).toMatchObject({ login: 'server' })
    expect(load(goodFile).apps[0]).not.toHaveProperty('login')
  })

  it('gets receipts by an issuer and keys that can be set', () => {
    expect(load(goodFile).receipts).toEqual({ issuer: 'sealcard', keyDays: 30 })
    const receipts = { issuer: 'https://cards.example.com', keyDays: 7 }
    expect(load({ ...goodFile, receipts }).receipts).toEqual(receipts)
  })

  it.each<[string, Json]>([
    ['apps[0].login: must be "platform" or "server"', withApp({ login: 'both' })],
    ['receipts.issuer: must be 1 to 256 visible', { ...goodFile, receipts: { issuer: 'my shop' } }],
    ['receipts.keyDays', { ...goodFile, receipts: { keyDays: 0 } }],
    ['receipts.days: unknown key', { ...goodFile, receipts: { days: 1 } }],
    [
      'limits.serverRequestsPerTokenPerMinute',
      { ...goodFile, limits: { serverRequestsPerTokenPerMinute: 0 } },
    ],
  ])('%s', (mistake, file) => {
    expect(mistakes(file)).toEqual([expect.stringContaining(mistake)])
  })
})
