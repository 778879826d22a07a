import { wxStorage } from '../src/storage.js'
import { wxRequest } from '../src/wx-request.js'
import { fakeWx } from './kit/fake-wx.js'

const get = { url: 'https://x/y', method: 'GET', headers: { Accept: 'a' } } as const

describe('wxRequest', () => {
  it('sends what it is given, with a limit of time', async () => {
    const fake = fakeWx()
    fake.answers['request'] = { ok: { statusCode: 200, header: { 'X-A': '1' }, data: { a: 1 } } }
    const post = { ...get, method: 'POST', body: '{"b":2}' } as const
    const answer = await wxRequest(fake.wx)(post)
    expect(answer).toEqual({ status: 200, headers: { 'x-a': '1' }, body: { a: 1 } })
    expect(fake.calls[0]?.args).toEqual({
      url: 'https://x/y',
      method: 'POST',
      header: { Accept: 'a' },
      data: '{"b":2}',
      timeout: 10_000,
    })
  })

  it.each([
    ['{"a":1}', { a: 1 }],
    ['<html>', '<html>'],
    ['', ''],
    [{ a: 1 }, { a: 1 }],
  ])('reads %j whether the platform parsed it or not', async (data, body) => {
    const fake = fakeWx()
    fake.answers['request'] = { ok: { statusCode: 200, data } }
    await expect(wxRequest(fake.wx)(get)).resolves.toEqual({ status: 200, headers: {}, body })
  })

  it('rejects when there is no answer', async () => {
    const fake = fakeWx()
    fake.answers['request'] = { fail: { errMsg: 'request:fail timeout' } }
    await expect(wxRequest(fake.wx)(get)).rejects.toThrow('timeout')
    fake.answers['request'] = { ok: {} }
    await expect(wxRequest(fake.wx)(get)).rejects.toThrow()
  })
})

describe('wxStorage', () => {
  it('stores strings', () => {
    const storage = wxStorage(fakeWx().wx)
    expect(storage.get('a')).toBeNull()
    storage.set('a', '1')
    expect(storage.get('a')).toBe('1')
    storage.remove('a')
    expect(storage.get('a')).toBeNull()
  })

  it('keeps in memory what the platform does not store', () => {
    const full = () => {
      throw new Error('exceed max size')
    }
    const storage = wxStorage({
      getStorageSync: full,
      setStorageSync: full,
      removeStorageSync: full,
    })
    expect(storage.get('a')).toBeNull()
    expect(() => storage.set('a', '1')).not.toThrow()
    expect(storage.get('a')).toBe('1')
    expect(() => storage.remove('a')).not.toThrow()
    expect(storage.get('a')).toBeNull()
  })

  it('forgets the copy in memory once the platform stores the next value', () => {
    const { wx } = fakeWx()
    let full = true
    const storage = wxStorage({
      ...wx,
      setStorageSync: (key, value) => {
        if (full) throw new Error('exceed max size')
        wx.setStorageSync(key, value)
      },
    })
    storage.set('a', 'in memory')
    full = false
    storage.set('a', 'stored')
    expect(storage.get('a')).toBe('stored')
    expect(wx.getStorageSync('a')).toBe('stored')
  })
})
