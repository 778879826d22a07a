import type { Config } from '../config/config.js'
import { createDataSource } from '../storage/data-source.js'
import { Vault } from '../vault/vault.js'
import type { Place } from './entry-hash.js'
import { verifyAudit } from './verify-audit.js'

export const EXIT = { intact: 0, broken: 1, unchecked: 2 } as const

interface Out {
  readonly stdout: { write(text: string): unknown; readonly isTTY?: boolean }
}

/** Entries between two lines of progress. */
const STEP = 100_000

/** `sealcard audit verify`. @returns the exit code @throws for a place that is not one, or a database that fails */
export async function auditVerify(
  config: Config,
  args: readonly string[],
  { stdout }: Out,
): Promise<number> {
  const expected = places(args)
  const storage = await createDataSource(config.database).initialize()
  try {
    let told = 0
    const report = await verifyAudit(storage, new Vault(config.keyring), {
      expected,
      progress: (entries) => {
        if (entries - told < STEP) return
        told = entries
        stdout.write(`${entries} entries\n`)
      },
    })
    for (const { chainId, seq, what } of report.faults)
      stdout.write(`BROKEN chain ${chainId} entry ${seq}: ${what}\n`)
    const verdict = report.faults.length === 0 ? 'intact' : 'broken'
    stdout.write(`${report.entries} entries in ${report.chains} chains: ${verdict}\n`)
    return EXIT[verdict]
  } finally {
    await storage.destroy()
  }
}

function places(args: readonly string[]): Place[] {
  const found: Place[] = []
  for (let i = 0; i < args.length; i += 2) {
    const match = /^([\w-]{1,22}):(\d{1,15}):([0-9a-f]{64})$/.exec(args[i + 1] ?? '')
    if (args[i] !== '--expect' || !match)
      throw new Error(`not understood: ${args.slice(i).join(' ')}`)
    const [, chainId = '', seq = '', hash = ''] = match
    found.push({ chainId, seq: Number(seq), hash })
  }
  return found
}
