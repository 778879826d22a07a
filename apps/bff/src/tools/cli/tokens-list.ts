import { tokenView } from '../../accounts/account.view.js'
import { type Command, EXIT } from './command.js'
import { readOptions } from './options.js'
import { withTools } from './tools.js'

export const tokensList: Command = {
  name: 'tokens list',
  summary: 'lists the tokens for automation, newest first; never the tokens themselves',
  usage: `--json   one array`,
  run(context, args) {
    const { json } = readOptions(args, { json: { type: 'boolean' } })
    return withTools(context, async ({ tokens }) => {
      const all = (await tokens.list()).map(tokenView)
      if (json) context.stdout.write(`${JSON.stringify(all)}\n`)
      else {
        for (const { id, name, role, expiresAt, lastUsedAt, revokedAt } of all) {
          const end = revokedAt ? `revoked ${revokedAt}` : `until ${expiresAt}`
          const used = lastUsedAt ? `last used ${lastUsedAt}` : 'never used'
          context.stdout.write(`${id}  ${role}  ${end}  ${used}  ${name}\n`)
        }
      }
      return EXIT.ok
    })
  },
}
