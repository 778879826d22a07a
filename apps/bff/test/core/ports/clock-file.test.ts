import { ManualClock } from '@sealcard/testing'
import { ClockFile, clockFileMistake } from '../../../src/core/ports/clock-file.js'
import { mistakes } from '../../kit/config-file.js'

const files = (text: string | null) => {
  const file = { text }
  const read = () => {
    if (file.text === null) throw new Error('ENOENT')
    return Buffer.from(file.text)
  }
  return { file, read }
}

describe('the clock file', () => {
  const start = (text: string | null) => {
    const host = new ManualClock(1_000_000)
    const { file, read } = files(text)
    return { host, file, clock: new ClockFile('clock.json', host, read) }
  }

  it('moves the time ahead and back', () => {
    const { clock, file, host } = start('{"offset":5000,"frozenAt":null}')
    expect(clock.now()).toBe(1_005_000)
    host.advance(10)
    file.text = '{"offset":-5000,"frozenAt":null}'
    expect([clock.now(), clock.problem]).toEqual([995_010, undefined])
  })

  it('stops the time', () => {
    const { clock, host } = start('{"offset":5000,"frozenAt":42}')
    host.advance(10)
    expect(clock.now()).toBe(42)
  })

  it.each([null, '', '[]', '{"offset":"5"}', '{"offset":1.5}', '{"frozenAt":-1}', '{"now":1}'])(
    'is not trusted with %j in it, keeps the last time, and is trusted again',
    async (bad) => {
      const { clock, file } = start('{"offset":7,"frozenAt":null}')
      expect(clock.now()).toBe(1_000_007)
      file.text = bad
      expect(clock.problem).toMatch(/^SEALCARD_CLOCK_FILE .*start the simulator/)
      expect(clock.now()).toBe(1_000_007)
      await expect(clock.compare()).rejects.toMatchObject({ code: 'ERR_CLOCK' })
      expect(clockFileMistake('clock.json', files(bad).read)).toMatch(/^cannot be read/)
      file.text = '{}'
      await clock.compare()
      expect(clock.now()).toBe(1_000_000)
    },
  )
})

describe('SEALCARD_CLOCK_FILE', () => {
  it('is refused in production, whatever it names', () => {
    const env = { SEALCARD_CLOCK_FILE: '/nowhere', NODE_ENV: 'production' }
    expect(mistakes(undefined, env)).toEqual([
      'SEALCARD_CLOCK_FILE: is for development only: unset it, the time is then that of this machine',
    ])
  })

  it('must name a file of the simulator', () => {
    // Every file of this test holds the service's configuration.
    expect(mistakes(undefined, { SEALCARD_CLOCK_FILE: 'clock.json' })).toEqual([
      expect.stringMatching(/^SEALCARD_CLOCK_FILE: cannot be read as .*start the simulator/),
    ])
  })
})
