import { loadConfig } from '../../../src/core/config/load-config.js'
import { withFolder } from '../../../src/core/config/folder-environment.js'
import type { CommandContext } from '../../../src/tools/cli/command.js'
import { runCommand } from '../../../src/tools/cli/run.js'
import { PLATFORMS } from '../../../src/platforms/all-platforms.js'

/** A folder in memory, and a person who answers in order. Without answers there is no terminal. */
const setUp = async (args: string[], answers: string[] = [], secret: string | null = null) => {
  const files = new Map<string, { text: string; mode: number }>()
  const told = { out: '', err: '' }
  const questions: string[] = []
  const interactive = answers.length > 0
  const context = {
    config: () => {
      throw new Error('the configuration was read')
    },
    platforms: PLATFORMS,
    stdout: { write: (text: string) => void (told.out += text) },
    stderr: { write: (text: string) => void (told.err += text) },
    questions: {
      ask: (question: string) => {
        questions.push(question)
        return Promise.resolve(interactive ? (answers.shift() ?? '') : null)
      },
    },
    passwords: {
      ask: () => Promise.resolve(secret),
      readAll: () => Promise.resolve(`${secret}\n`),
    },
    folder: {
      exists: (name: string) => files.has(name),
      create: (name: string, text: string, mode: number) => {
        if (files.has(name)) throw new Error('EEXIST')
        files.set(name, { text, mode })
      },
    },
  } as unknown as CommandContext
  const run = () => runCommand(context, ['init', ...args])
  const code = await run()
  const readFile = (name: string) => {
    const file = files.get(name.replace('./', ''))
    if (!file) throw Object.assign(new Error('no such file'), { code: 'ENOENT' })
    return Buffer.from(file.text)
  }
  const load = (env: Record<string, string> = {}) =>
    loadConfig(withFolder(env, readFile), readFile, PLATFORMS)
  return { code, told, files, questions, run, load, readFile }
}

const SECRET = '0123456789abcdef0123456789abcdef'

test('without a terminal it takes the simulator, and the service accepts what it writes', async () => {
  const { code, load, files } = await setUp([])
  expect(code).toBe(0)
  const config = load()
  expect(config.mode).toBe('development')
  expect(config.apps.map(({ id }) => id)).toEqual(['demo-wechat', 'demo-wecom'])
  expect(config.file).toMatchObject({ secretsInClear: false })
  expect([...files].map(([name, { mode }]) => [name, mode])).toEqual([
    ['sealcard.env', 0o600],
    ['sealcard.schema.json', 0o644],
    ['sealcard.config.jsonc', 0o644],
  ])
})

test('what it writes for the simulator does not start in production', async () => {
  const { load } = await setUp([])
  expect(() => load({ NODE_ENV: 'production' })).toThrow(/is the simulator's/)
})

test('two set-ups have different keyrings', async () => {
  const keys = await Promise.all([setUp([]), setUp([])])
  const [one, two] = keys.map(({ load }) => load().keyring.keys[0].secret.reveal())
  expect(one).not.toBe(two)
})

test('on a terminal it asks for the platform, its names and the secret, which only the 0600 file holds', async () => {
  const { code, load, files, questions, told } = await setUp(
    [],
    ['2', 'wx0123456789abcdef'],
    SECRET,
  )
  expect(code).toBe(0)
  expect(questions).toHaveLength(2)
  const { mode, apps } = load()
  expect(mode).toBe('production')
  expect(apps[0]).toMatchObject({ platform: 'wechat', appid: 'wx0123456789abcdef' })
  expect(apps[0]?.secret.reveal()).toBe(SECRET)
  expect(files.get('sealcard.config.jsonc')?.text).not.toContain(SECRET)
  expect(told.out + told.err).not.toContain(SECRET)
})

test('options answer instead of a person; a number stays a number', async () => {
  const { load } = await setUp(
    [
      ...['--platform', 'wecom', '--id', 'acme', '--corpid', 'ww0123456789abcdef'],
      ...['--agentid', '1000007', '--secret-stdin', '--port', '8080'],
    ],
    [],
    SECRET,
  )
  const { apps, server } = load()
  expect(apps[0]).toMatchObject({ id: 'acme', agentid: 1_000_007 })
  expect(server.port).toBe(8080)
})

test('a secret that is not given is left open, and the service says which one is missing', async () => {
  const { code, told, load } = await setUp([
    '--platform',
    'wechat',
    '--appid',
    'wx0123456789abcdef',
  ])
  expect(code).toBe(0)
  expect(told.out).toContain('write WECHAT_SECRET into sealcard.env')
  expect(load).toThrow(/apps\[0\]\.secret: environment variable WECHAT_SECRET/)
})

test.each([
  [['--platform', 'line'], '--platform must be one of simulator, wechat, wecom'],
  [['--platform', 'wechat'], '--appid is missing'],
  [['--platform', 'wechat', '--appid', 'x'], '--appid does not have the form of mp.weixin.qq.com'],
  [['--port', '70000'], '--port must be 0 to 65535'],
  [['--database', 'mysql://x'], '--database must start with sqlite: or postgres://'],
  [['--simulator', '127.0.0.1'], '--simulator must be an address'],
])('%j writes nothing and names the option', async (args, what) => {
  const { code, told, files } = await setUp(args)
  expect(code).toBe(2)
  expect(told.err.startsWith(what)).toBe(true)
  expect(files.size).toBe(0)
})

test('a secret that a file of variables cannot hold is refused without being shown', async () => {
  const { code, told, files } = await setUp(
    ['--platform', 'wechat', '--appid', 'wx0123456789abcdef', '--secret-stdin'],
    [],
    'S3CRET#x',
  )
  expect({ code, size: files.size }).toEqual({ code: 2, size: 0 })
  expect(told.err).not.toContain('S3CRET')
})

test('a second run overwrites nothing and ends with 1', async () => {
  const { run, files, told } = await setUp([])
  const before = new Map(files)
  expect(await run()).toBe(1)
  expect(told.err).toContain('already in this folder')
  expect(files).toEqual(before)
})

describe('the folder of a command', () => {
  const file = (files: Record<string, string>) => (name: string) => {
    const text = files[name]
    if (text === undefined) throw Object.assign(new Error('none'), { code: 'ENOENT' })
    return Buffer.from(text)
  }

  test('a variable that is set outweighs the file', () => {
    const read = file({ 'sealcard.env': 'PORT=1\nHOST=::1\n' })
    expect(withFolder({ PORT: '2' }, read)).toEqual({ PORT: '2', HOST: '::1' })
  })

  test('SEALCARD_CONFIG outweighs the file of the folder', () => {
    const read = file({ 'sealcard.config.json': '{}' })
    expect(withFolder({}, read)).toEqual({ SEALCARD_CONFIG: './sealcard.config.json' })
    expect(withFolder({ SEALCARD_CONFIG: 'x' }, read)).toEqual({ SEALCARD_CONFIG: 'x' })
  })

  test('a file of variables that may not be read is a mistake, not an absent file', () => {
    const denied = () => {
      throw Object.assign(new Error('denied'), { code: 'EACCES' })
    }
    expect(() => withFolder({}, denied)).toThrow("sealcard.env: this user can't read it (EACCES)")
  })
})
