import { logins } from '../../src/features/session/logins'
import { memory } from '../kit/fake-services'

const setUp = (web = false) => {
  const replace = jest.fn()
  const storage = memory()
  const location = {
    pathname: '/h5/o',
    search: '?s=a%20b&from=singlemessage',
    hash: '#/card/1',
    replace,
  }
  const login = logins({ location, storage, app: 'acme wecom', language: () => 'en', web })
  return { login, replace }
}

describe('the way to the login', () => {
  it('leads back to the very same address', () => {
    const { login, replace } = setUp()
    login.leave()
    expect(replace).toHaveBeenCalledTimes(1)
    const to = new URL(String(replace.mock.calls[0]?.[0]), 'https://cards.example.com')
    expect(to.pathname).toBe('/h5/login')
    expect(Object.fromEntries(to.searchParams)).toEqual({
      app: 'acme wecom',
      to: '/h5/o?s=a%20b&from=singlemessage#/card/1',
    })
  })

  it('is WeCom’s web login in a browser, in the language of the page', () => {
    const { login, replace } = setUp(true)
    login.leave()
    expect(replace.mock.calls[0]?.[0]).toMatch(/&via=web&lang=en$/)
  })

  it('is taken by itself once, until there is a session', () => {
    const { login } = setUp()
    expect(login.mayLeave()).toBe(true)
    login.leave()
    expect(login.mayLeave()).toBe(false)
    login.done()
    expect(login.mayLeave()).toBe(true)
  })
})
