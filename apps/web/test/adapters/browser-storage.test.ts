import { browserStorage } from '../../src/adapters/browser-storage'

describe('browserStorage', () => {
  beforeEach(() => {
    localStorage.clear()
  })

  it('keeps what it is given', () => {
    const storage = browserStorage(() => localStorage)
    storage.set('a', '1')
    expect(storage.get('a')).toBe('1')
    expect(storage.keys()).toEqual(['a'])
    storage.remove('a')
    expect(storage.get('a')).toBeNull()
  })

  it('keeps for this run what a browser that forbids storage does not take', () => {
    const storage = browserStorage(() => {
      throw new DOMException('denied', 'SecurityError')
    })
    expect(storage.get('a')).toBeNull()
    expect(storage.keys()).toEqual([])
    storage.set('a', '1')
    expect(storage.get('a')).toBe('1')
    expect(storage.keys()).toEqual(['a'])
    storage.remove('a')
    expect(storage.get('a')).toBeNull()
    expect(storage.keys()).toEqual([])
  })

  it('keeps for this run what the browser does not take', () => {
    const full = jest.spyOn(Storage.prototype, 'setItem').mockImplementation(() => {
      throw new DOMException('full', 'QuotaExceededError')
    })
    const storage = browserStorage(() => localStorage)
    storage.set('a', '1')
    storage.set('b', '2')
    expect(storage.get('a')).toBe('1')
    expect(storage.keys()).toEqual(['a', 'b'])
    full.mockRestore()

    storage.set('a', '3')
    expect(localStorage.getItem('a')).toBe('3')
    expect(storage.get('a')).toBe('3')
    storage.remove('b')
    expect(storage.get('b')).toBeNull()
    expect(storage.keys()).toEqual(['a'])
  })

  it('gives the newer of two values when the browser kept the older one', () => {
    const storage = browserStorage(() => localStorage)
    storage.set('a', 'old')
    const full = jest.spyOn(Storage.prototype, 'setItem').mockImplementation(() => {
      throw new DOMException('full', 'QuotaExceededError')
    })
    storage.set('a', 'new')
    full.mockRestore()
    expect(storage.get('a')).toBe('new')
    expect(storage.keys()).toEqual(['a'])
    storage.remove('a')
    expect(storage.get('a')).toBeNull()
    expect(localStorage.getItem('a')).toBeNull()
  })

  it('keeps a removed value removed where the browser does not remove it', () => {
    const storage = browserStorage(() => localStorage)
    storage.set('a', '1')
    const stuck = jest.spyOn(Storage.prototype, 'removeItem').mockImplementation(() => {
      throw new DOMException('denied', 'SecurityError')
    })
    storage.remove('a')
    stuck.mockRestore()
    expect(storage.get('a')).toBeNull()
    expect(storage.keys()).toEqual([])
  })
})
