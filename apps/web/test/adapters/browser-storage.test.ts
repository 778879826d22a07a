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

  it('behaves as an empty one where it is forbidden', () => {
    const storage = browserStorage(() => {
      throw new DOMException('denied', 'SecurityError')
    })
    storage.set('a', '1')
    storage.remove('a')
    expect(storage.get('a')).toBeNull()
    expect(storage.keys()).toEqual([])
  })
})
