import { accountView } from '../../accounts/account.view.js'
import { type Command, EXIT } from './command.js'
import { readOptions } from './options.js'
import { withTools } from './tools.js'

export const adminList: Command = {
  name: 'admin list',
  summary: "lists administrators' accounts",
  usage: `--json   one array`,
  run(context, args) {
    const { json } = readOptions(args, { json: { type: 'boolean' } })
    return withTools(context, async ({ accounts }) => {
      const all = (await accounts.list()).map(accountView)
      if (json) context.stdout.write(`${JSON.stringify(all)}\n`)
      else {
        for (const { name, role, enrolled, disabledAt, lastLoginAt } of all) {
          const state = disabledAt ? 'disabled' : enrolled ? 'enabled' : 'no second factor yet'
          const seen = lastLoginAt ? `last login ${lastLoginAt}` : 'never logged in'
          context.stdout.write(`${name}  ${role}  ${state}  ${seen}\n`)
        }
      }
      return EXIT.ok
    })
  },
}
