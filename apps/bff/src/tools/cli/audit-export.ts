import { exportAudit, isExportFormat } from '../../audit/export-audit.js'
import { type Command, EXIT, UsageError } from './command.js'
import { readOptions } from './options.js'
import { withTools } from './tools.js'
import { written } from './written.js'

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
