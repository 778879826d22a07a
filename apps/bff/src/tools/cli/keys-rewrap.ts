import { type Command, EXIT } from './command.js'
import { readOptions } from './options.js'
import { withTools } from './tools.js'

/** Between two lines of progress, in rows. */
const STEP = 10_000

export const keysRewrap: Command = {
  name: 'keys rewrap',
  summary: 'moves every sealed value to the first key of SEALCARD_KEYRING, while the service runs',
  usage: `--json   the report as JSON
exit 1: rows are left that no key of the keyring opens; keep the old key, they are named`,
  run(context, args) {
    const { json } = readOptions(args, { json: { type: 'boolean' } })
    const { stdout, stderr } = context
    return withTools(context, async ({ rewrap, audit }) => {
      let told = 0
      const report = await rewrap.run(({ table, column, rows, moved }) => {
        if (rows < told) told = 0
        if (rows - told < STEP) return
        told = rows
        stderr.write(`${table}.${column}: ${rows} rows, ${moved} moved\n`)
      })
      const { primary, rows, moved, overtaken, failed } = report
      const clean = failed === 0 && overtaken === 0
      await audit.append({
        kind: 'keys.rewrap',
        actor: 'cli',
        subject: primary,
        decision: clean ? 'done' : 'incomplete',
        reason: `rows=${rows} moved=${moved} failed=${failed} overtaken=${overtaken}`,
      })
      if (json) stdout.write(`${JSON.stringify({ clean, ...report })}\n`)
      else {
        for (const { table, column, row, keyId, what } of report.failures)
          stdout.write(`FAILED ${table}.${column} ${row}: ${what}${keyId ? ` (${keyId})` : ''}\n`)
        stdout.write(
          `${rows} values, ${moved} moved to ${primary}, ${failed} failed, ${overtaken} to do again\n`,
        )
      }
      return clean ? EXIT.ok : EXIT.found
    })
  },
}
