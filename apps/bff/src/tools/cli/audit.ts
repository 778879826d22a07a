import type { Place } from '../../audit/entry-hash.js'
import { exportAudit, isExportFormat } from '../../audit/export-audit.js'
import { verifyAudit } from '../../audit/verify-audit.js'
import { Vault } from '../../core/crypto/vault.js'
import { openStorage } from '../../schema/open-storage.js'
import { type Command, EXIT, UsageError, readOptions, written } from './command.js'
import { withTools } from './tools.js'

/** Between two lines of progress, in entries. */
const STEP = 100_000

/** Only reads, so it starts no part that writes: no chain of its own. */
export const auditVerify: Command = {
  name: 'audit verify',
  summary: "checks the audit's hash chains",
  usage: `--expect <chain>:<seq>:<hash>   a place noted outside, e.g. from the log; may be repeated
--json                          the report as JSON`,
  async run({ config: read, clock, stdout, stderr }, args) {
    const { expect = [], json } = readOptions(args, {
      expect: { type: 'string', multiple: true },
      json: { type: 'boolean' },
    })
    const expected = expect.map(place)
    const config = read()
    const storage = await openStorage(config)
    try {
      const start = clock.now()
      let told = 0
      const report = await verifyAudit(storage, new Vault(config.keyring), {
        expected,
        progress: (entries, total) => {
          if (entries - told < STEP) return
          told = entries
          const rate = Math.round(entries / Math.max((clock.now() - start) / 1000, 0.001))
          const percent = Math.floor((entries / Math.max(total, entries)) * 100)
          stderr.write(`${entries} of ${total} entries, ${percent} %, ${rate}/s\n`)
        },
      })
      const intact = report.faults.length === 0
      if (json) stdout.write(`${JSON.stringify({ intact, ...report })}\n`)
      else {
        for (const { chainId, seq, what } of report.faults)
          stdout.write(`BROKEN chain ${chainId} entry ${seq}: ${what}\n`)
        const verdict = intact ? 'intact' : 'broken'
        stdout.write(`${report.entries} entries in ${report.chains} chains: ${verdict}\n`)
      }
      return intact ? EXIT.ok : EXIT.found
    } finally {
      await storage.destroy()
    }
  },
}

/** An older chain that begins with a minus has an apostrophe before it in a csv. */
const place = (text: string): Place => {
  const match = /^'?([\w-]{1,22}):(\d{1,15}):([0-9a-f]{64})$/.exec(text)
  if (!match) throw new UsageError(`--expect must read <chain>:<seq>:<hash>, not ${text}`)
  const [, chainId = '', seq = '', hash = ''] = match
  return { chainId, seq: Number(seq), hash }
}

export const auditExport: Command = {
  name: 'audit export',
  summary: 'writes the whole audit to standard output, with what is needed to check it elsewhere',
  usage: `--format jsonl|csv   jsonl (the default) is complete; csv holds the entries alone, for a spreadsheet
                     docs/audit-verify.mjs checks either`,
  run(context, args) {
    const { format = 'jsonl' } = readOptions(args, { format: { type: 'string' } })
    if (!isExportFormat(format)) throw new UsageError('--format must be jsonl or csv')
    return withTools(context, async ({ storage, audit }) => {
      await audit.append({
        kind: 'audit.export',
        actor: 'cli',
        subject: format,
        decision: 'done',
      })
      for await (const lines of exportAudit(storage, format)) await written(context.stdout, lines)
      return EXIT.ok
    })
  },
}
