import { type Command, EXIT } from './command.js'
import { readOptions, required } from './options.js'
import { withTools } from './tools.js'
import { written } from './written.js'

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
