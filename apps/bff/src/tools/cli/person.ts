import { hasName } from '../../accounts/admin-audit-entry.js'
import { type Command, EXIT, UsageError } from './command.js'
import { readOptions, required, written } from './options.js'
import { withTools } from './tools.js'

export const erase: Command = {
  name: 'erase',
  summary: 'erases a person of an app; there is no way back',
  usage: `--app <id>        the app, as the config file names it
--viewer <key>    the openid or userid
--reason <text>   kept in the audit, at most 200 characters; name nobody in it
--json            the report as JSON
exit 1: there is no such person`,
  run(context, args) {
    const options = readOptions(args, {
      app: { type: 'string' },
      viewer: { type: 'string' },
      reason: { type: 'string' },
      json: { type: 'boolean' },
    })
    const app = required(options.app, 'app')
    const viewer = required(options.viewer, 'viewer')
    const { reason = '', json } = options
    if (reason.length > 200) throw new UsageError('--reason is longer than 200 characters')
    if (hasName(reason, viewer)) throw new UsageError('--reason must not name the person')
    return withTools(context, async ({ people }) => {
      const erased = await people.erase({ app, viewerKey: viewer }, { actor: 'cli', reason })
      if (json) context.stdout.write(`${JSON.stringify({ found: erased !== null, ...erased })}\n`)
      else if (!erased) context.stdout.write('no such person\n')
      else {
        const counts = Object.entries(erased).map(([what, n]) => `${n} ${what}`)
        context.stdout.write(`erased: ${counts.join(', ')}\n`)
      }
      return erased ? EXIT.ok : EXIT.found
    })
  },
}

export const exportPerson: Command = {
  name: 'export-person',
  summary: 'writes everything about a person of an app to standard output, as JSON',
  usage: `--app <id>       the app, as the config file names it
--viewer <key>   the openid or userid
exit 1: there is no such person`,
  run(context, args) {
    const options = readOptions(args, { app: { type: 'string' }, viewer: { type: 'string' } })
    const app = required(options.app, 'app')
    const viewer = required(options.viewer, 'viewer')
    return withTools(context, async ({ people }) => {
      const lines = await people.export({ app, viewerKey: viewer }, 'machine', { actor: 'cli' })
      if (!lines) context.stderr.write('no such person\n')
      else for await (const line of lines) await written(context.stdout, line)
      return lines ? EXIT.ok : EXIT.found
    })
  },
}
