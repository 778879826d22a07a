import { tokenView } from '../../accounts/account.view.js'
import { asId } from '../../core/ids.js'
import { CLI, orRefused } from './administration.js'
import { type Command, EXIT } from './command.js'
import { readOptions, required } from './options.js'
import { withTools } from './tools.js'

export const tokensRevoke: Command = {
  name: 'tokens revoke',
  summary: 'revokes a token for automation, from its next use on',
  usage: `--id <id>   as the list tells it
--json      the token's line as JSON
exit 1: no such token`,
  run(context, args) {
    const options = readOptions(args, { id: { type: 'string' }, json: { type: 'boolean' } })
    const id = required(options.id, 'id')
    return withTools(context, ({ tokens }) =>
      orRefused(context, async () => {
        const row = await tokens.revoke(asId(id), CLI)
        const told = options.json ? JSON.stringify(tokenView(row)) : `revoked: ${row.name}`
        context.stdout.write(`${told}\n`)
        return EXIT.ok
      }),
    )
  },
}
