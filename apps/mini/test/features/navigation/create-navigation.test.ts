import { createNavigation } from '../../../src/features/navigation/create-navigation'

const client = (...refused: string[]) => {
  const tried: string[] = []
  const navigation = createNavigation({
    go: async (way) => {
      tried.push(way)
      const at = refused.indexOf(way)
      if (at < 0) return
      refused.splice(at, 1)
      throw { errMsg: `${way}:fail busy` }
    },
    wait: async () => void tried.push('wait'),
  })
  return { navigation, tried }
}

describe('the way to a page', () => {
  it('is the first one when the client takes it', async () => {
    const { navigation, tried } = client()
    expect(await navigation.open('/a')).toBe(true)
    expect(tried).toEqual(['navigateTo'])
  })

  it('is the next one when the client refuses the first', async () => {
    const { navigation, tried } = client('redirectTo')
    expect(await navigation.replace('/a')).toBe(true)
    expect(tried).toEqual(['redirectTo', 'reLaunch'])
  })

  it('is tried again after a while when the client refuses all of them', async () => {
    const { navigation, tried } = client('redirectTo', 'reLaunch')
    expect(await navigation.replace('/a')).toBe(true)
    expect(tried).toEqual(['redirectTo', 'reLaunch', 'wait', 'redirectTo'])
  })

  it('ends without an error when the client keeps refusing', async () => {
    const { navigation, tried } = client('reLaunch', 'redirectTo', 'reLaunch', 'redirectTo')
    expect(await navigation.restart('/a')).toBe(false)
    expect(await navigation.restart('/a')).toBe(true)
    expect(tried.at(-1)).toBe('reLaunch')
  })

  it('is walked once by two taps in one moment', async () => {
    const { navigation, tried } = client()
    expect(await Promise.all([navigation.open('/a'), navigation.open('/a')])).toEqual([true, true])
    expect(tried).toEqual(['navigateTo'])
  })
})
