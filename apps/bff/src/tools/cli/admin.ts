import { AdminName } from '@sealcard/protocol'
import { accountView, changedView } from '../../accounts/account.view.js'
import { accountNamed, CLI, endedWith, orRefused, roleOf, tellSecret } from './administration.js'
import { type Command, EXIT, UsageError, readOptions, required } from './command.js'
import { readNewPassword } from './password-input.js'
import { withTools } from './tools.js'

export const adminCreate: Command = {
  name: 'admin create',
  summary:
    "makes an administrator's account, with its second factor; the database may be empty yet",
  usage: `--name <name>      lower case
--role <role>      admin (the default), operator or auditor
--password-stdin   the password is standard input; without it a terminal is asked
--json             account and second factor as JSON
exit 1: the name is taken`,
  async run(context, args) {
    const options = readOptions(args, {
      name: { type: 'string' },
      role: { type: 'string' },
      'password-stdin': { type: 'boolean' },
      json: { type: 'boolean' },
    })
    const name = required(options.name, 'name')
    const named = AdminName.safeParse(name)
    if (!named.success) throw new UsageError(`--name ${named.error.issues[0]?.message}`)
    const role = roleOf(options.role ?? 'admin')
    const password = await readNewPassword(context, options['password-stdin'])
    return withTools(
      context,
      ({ accounts }) =>
        orRefused(context, async () => {
          const made = await accounts.create(name, role, { password }, CLI)
          await tellSecret(context, made, options.json)
          return EXIT.ok
        }),
      { migrates: true },
    )
  },
}

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
