import { accountNamed, CLI, orRefused, tellSecret } from './administration.js'
import { type Command, EXIT } from './command.js'
import { readOptions, required } from './options.js'
import { readNewPassword } from './password-input.js'
import { withTools } from './tools.js'

export const adminReset: Command = {
  name: 'admin reset',
  summary: 'gives an account another password and second factor; its logins end, and what it made',
  usage: `--name <name>
--password-stdin   the password is standard input; without it a terminal is asked
--json             account and second factor as JSON
exit 1: no such account`,
  async run(context, args) {
    const options = readOptions(args, {
      name: { type: 'string' },
      'password-stdin': { type: 'boolean' },
      json: { type: 'boolean' },
    })
    const name = required(options.name, 'name')
    const password = await readNewPassword(context, options['password-stdin'])
    return withTools(context, (tools) =>
      orRefused(context, async () => {
        const { id } = await accountNamed(tools, name)
        await tellSecret(context, await tools.accounts.resetTo(id, { password }, CLI), options.json)
        return EXIT.ok
      }),
    )
  },
}
