import { AdminName } from '@sealcard/protocol'
import { migrate } from '../../schema/migrate.js'
import { CLI, orRefused, roleOf, tellSecret } from './administration.js'
import { type Command, EXIT, UsageError } from './command.js'
import { readOptions, required } from './options.js'
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
    return withTools(context, ({ storage, accounts }) =>
      orRefused(context, async () => {
        await migrate(storage)
        await tellSecret(
          context,
          await accounts.create(name, role, { password }, CLI),
          options.json,
        )
        return EXIT.ok
      }),
    )
  },
}
