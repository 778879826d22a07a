import { UsageError, readOptions } from '../../../src/tools/cli/command.js'

const options = {
  id: { type: 'string' },
  expect: { type: 'string', multiple: true },
  json: { type: 'boolean' },
} as const
const read = (...args: string[]) => ({ ...readOptions(args, options) })

describe('options', () => {
  it.each(['-PmgSWBbLEE67wfU2VcGmw', '--mgSWBbLEE67wfU2VcGmw', '-', '--', '-h'])(
    'the id %s is a value, though it begins with a minus',
    (id) => {
      expect(read('--id', id, '--json')).toEqual({ id, json: true })
      expect(read('--json', `--id=${id}`)).toEqual({ id, json: true })
      expect(read('--expect', id, '--expect', 'b').expect).toEqual([id, 'b'])
    },
  )

  it.each([
    [['--id']],
    [['--id', '--json']],
    [['--id', '--expect=a']],
    [['--json', '-x']],
    [['--unknown', '-x']],
    [['-x']],
    [['word']],
  ])('%j is a mistake', (args) => {
    expect(() => read(...args)).toThrow(UsageError)
  })
})
