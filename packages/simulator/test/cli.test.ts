import { spawn, spawnSync, type ChildProcess } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { SimulatorClient } from '../src/client/simulator-client.js'

const bin = path.resolve(import.meta.dirname, '../bin/sealcard-simulator.mjs')
const built = existsSync(path.resolve(import.meta.dirname, '../dist/cli.js'))
const run = (...args: string[]) =>
  spawnSync(process.execPath, [bin, ...args], { encoding: 'utf8', timeout: 20_000 })

const ended = (child: ChildProcess) => new Promise((resolve) => child.once('exit', resolve))

/** Starts the command and waits for its ready line. */
const start = (...args: string[]) => {
  const child = spawn(process.execPath, [bin, '--port', '0', ...args])
  const ready = new Promise<SimulatorClient>((resolve, reject) => {
    let said = ''
    child.stdout.on('data', (chunk: Buffer) => {
      said += chunk.toString()
      const url = /ready: (http:\S+)\n/.exec(said)?.[1]
      if (url) resolve(new SimulatorClient(url))
    })
    child.once('exit', () => reject(new Error(`ended early: ${said}`)))
  })
  return { child, ready }
}

// Needs `npm run build`, which `npm test` does first.
const describeBuilt = built ? describe : describe.skip

describeBuilt('sealcard-simulator', () => {
  it('should explain itself', () => {
    const { status, stdout } = run('--help')
    expect(status).toBe(0)
    expect(stdout).toContain('--domain')
  })

  it('should explain the bot command, and end with 1 without its options', () => {
    expect(run('bot', '--help')).toMatchObject({
      status: 0,
      stdout: expect.stringContaining('--aes-key'),
    })
    expect(run('bot', '--token', 'x')).toMatchObject({
      status: 1,
      stderr: expect.stringContaining('--url is required'),
    })
  })

  it('should give the app a web page', async () => {
    const { child, ready } = start('--web', 'http://127.0.0.1:3000/h5/')
    const page = await (await ready).phone('lin-wecom').openWeb({ via: 'home' })
    expect(page.address).toBe('http://127.0.0.1:3000/h5/')
    child.kill()
    await ended(child)
  })

  it.each([
    [['--web', 'nonsense'], /--web nonsense: must be/],
    [['--port', 'x'], /--port x: must be 0 to 65535/],
    [['--domain', 'x'], /--domain x: must be/],
    [['--nonsense'], /nonsense/],
    [['--weapp', '/nowhere/at/all'], /nowhere/],
  ])('should end with 1 and one line for %p', (args, message) => {
    const { status, stderr } = run('--port', '0', ...args)
    expect(status).toBe(1)
    expect(stderr).toMatch(message)
  })

  it('should keep what it acknowledged when it is killed', async () => {
    const dir = mkdtempSync(path.join(tmpdir(), 'sealcard-cli-'))
    const first = start('--data', dir)
    const control = await first.ready
    expect((await control.people()).map(({ id }) => id)).toEqual(['lin', 'chen', 'zhou'])
    await control.addPerson({ id: 'wu', name: '吴' })
    const gone = ended(first.child)
    first.child.kill('SIGKILL')
    await gone

    const second = start('--data', dir)
    expect((await (await second.ready).people()).map(({ id }) => id)).toContain('wu')
    const stopped = ended(second.child)
    second.child.kill('SIGTERM')
    expect(await stopped).toBe(0)
    rmSync(dir, { recursive: true })
  })
})
