import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import path from 'node:path'

const bin = path.resolve(import.meta.dirname, '../bin/sealcard-simulator.mjs')
const built = existsSync(path.resolve(import.meta.dirname, '../dist/cli.js'))
const run = (...args: string[]) =>
  spawnSync(process.execPath, [bin, ...args], { encoding: 'utf8', timeout: 20_000 })

// Needs `npm run build`, which `npm test` does first.
const describeBuilt = built ? describe : describe.skip

describeBuilt('sealcard-simulator', () => {
  it('should explain itself', () => {
    const { status, stdout } = run('--help')
    expect(status).toBe(0)
    expect(stdout).toContain('--domain')
  })

  it.each([
    [['--port', 'x'], /--port x: must be 0 to 65535/],
    [['--domain', 'x'], /--domain x: must be/],
    [['--nonsense'], /nonsense/],
    [['--weapp', '/nowhere/at/all'], /nowhere/],
  ])('should end with 1 and one line for %p', (args, message) => {
    const { status, stderr } = run('--port', '0', ...args)
    expect(status).toBe(1)
    expect(stderr).toMatch(message)
  })
})
