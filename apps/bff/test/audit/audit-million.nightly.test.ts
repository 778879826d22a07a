import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { Vault } from '../../src/core/crypto/vault.js'
import { SystemClock } from '../../src/core/ports/clock.js'
import { PLATFORMS } from '../../src/platforms/all-platforms.js'
import { createDataSource } from '../../src/schema/data-source.js'
import { migrate } from '../../src/schema/migrate.js'
import { runCommand } from '../../src/tools/cli/run.js'
import { testConfig } from '../kit/config.js'
import { seedAudit } from '../kit/seed-audit.js'

const ENTRIES = 1_000_000

test('F5 a million entries are verified, with progress and the time it took', async () => {
  const dir = mkdtempSync(path.join(tmpdir(), 'sealcard-million-'))
  const config = testConfig(path.join(dir, 'test.sqlite'))
  try {
    const storage = await createDataSource(config.database).initialize()
    await migrate(storage)
    await seedAudit(storage, new Vault(config.keyring), ENTRIES)
    await storage.destroy()
    const [results, progress]: [string[], string[]] = [[], []]
    const [cpu, began] = [process.cpuUsage(), process.hrtime.bigint()]
    const code = await runCommand(
      {
        config: () => config,
        clock: new SystemClock(),
        platforms: PLATFORMS,
        stdout: { write: (text) => results.push(text) },
        stderr: { write: (text) => progress.push(text) },
      },
      ['audit', 'verify'],
    )
    const { user, system } = process.cpuUsage(cpu)
    const wall = Number(process.hrtime.bigint() - began) / 1e9
    console.log(
      `F5 verify of ${ENTRIES} entries: ${wall.toFixed(1)} s, of CPU ${((user + system) / 1e6).toFixed(1)} s`,
    )
    expect(code).toBe(0)
    expect(results).toEqual([`${ENTRIES} entries in 1 chains: intact\n`])
    expect(progress).toHaveLength(10)
    expect(progress[4]).toMatch(/^500000 of 1000000 entries, 50 %, \d+\/s\n$/)
  } finally {
    rmSync(dir, { recursive: true, force: true })
  }
})
