import { languageSetting } from '../../src/settings/language-setting.js'

const memory = (entries: [string, string][] = []) => {
  const map = new Map(entries)
  return {
    map,
    get: (key: string) => map.get(key) ?? null,
    set: (key: string, value: string) => void map.set(key, value),
    remove: (key: string) => void map.delete(key),
  }
}

describe('the language of a client', () => {
  it('is the system’s until the person chooses, and again when they choose the system', () => {
    const storage = memory()
    const setting = languageSetting(storage, () => 'en')
    expect([setting.choice(), setting.language()]).toEqual(['system', 'en'])
    setting.choose('zh')
    expect([setting.choice(), setting.language()]).toEqual(['zh', 'zh'])
    expect(languageSetting(storage, () => 'en').language()).toBe('zh')
    setting.choose('system')
    expect(setting.language()).toBe('en')
    expect([...storage.map]).toEqual([])
  })

  it('is the system’s where something else was stored', () => {
    const setting = languageSetting(memory([['sealcard.language', 'xx']]), () => 'zh')
    expect([setting.choice(), setting.language()]).toEqual(['system', 'zh'])
  })

  it('tells who listens, until they stop', () => {
    const setting = languageSetting(memory(), () => 'zh')
    const changed = jest.fn()
    const end = setting.subscribe(changed)
    setting.choose('en')
    end()
    setting.choose('zh')
    expect(changed).toHaveBeenCalledTimes(1)
  })
})
