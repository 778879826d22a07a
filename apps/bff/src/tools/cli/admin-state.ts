import { changedView } from '../../accounts/account.view.js'
import { accountNamed, CLI, endedWith, orRefused } from './administration.js'
import { type Command, EXIT } from './command.js'
import { readOptions, required } from './options.js'
import { withTools } from './tools.js'

const command = (what: 'disable' | 'enable', summary: string, refused: string): Command => ({
  name: `admin ${what}`,
  summary,
  usage: `--name <name>
--json   the account as JSON
exit 1: ${refused}`,
  run(context, args) {
    const options = readOptions(args, { name: { type: 'string' }, json: { type: 'boolean' } })
    const name = required(options.name, 'name')
    return withTools(context, (tools) =>
      orRefused(context, async () => {
        const { id } = await accountNamed(tools, name)
        const changed = await tools.accounts[what](id, CLI)
        if (options.json) context.stdout.write(`${JSON.stringify(changedView(changed))}\n`)
        else context.stdout.write(`${what}d: ${name}\n${endedWith(changed.ended)}`)
        return EXIT.ok
      }),
    )
  },
})

export const adminDisable = command(
  'disable',
  'disables an account; its logins end at once, and the tokens and invitations it made',
  'no such account, or the last administrator who can log in',
)

export const adminEnable = command(
  'enable',
  'enables an account again; what ended stays ended',
  'no such account',
)
