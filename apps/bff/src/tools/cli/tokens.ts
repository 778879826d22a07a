import { CreateAutomationToken } from '@sealcard/protocol'
import { tokenView } from '../../accounts/account.view.js'
import { asId } from '../../core/ids.js'
import { DAY, wireTime } from '../../core/time.js'
import { CLI, orRefused, tokenRoleOf } from './administration.js'
import { type Command, EXIT, UsageError, readOptions, required } from './command.js'
import { withTools } from './tools.js'

export const tokensCreate: Command = {
  name: 'tokens create',
  summary: 'makes a bearer token for automation and shows it this once',
  usage: `--name <text>   what it is for
--role <role>   admin, operator, auditor or server
--app <id>      with the role server: the app that it is bound to
--days <n>      how long it lives, 1 to 366
--json          with what the list tells`,
  run(context, args) {
    const options = readOptions(args, {
      name: { type: 'string' },
      role: { type: 'string' },
      app: { type: 'string' },
      days: { type: 'string' },
      json: { type: 'boolean' },
    })
    const days = required(options.days, 'days')
    if (!/^\d{1,3}$/.test(days) || Number(days) < 1 || Number(days) > 366)
      throw new UsageError('--days must be 1 to 366')
    const judged = CreateAutomationToken.safeParse({
      name: required(options.name, 'name'),
      role: tokenRoleOf(required(options.role, 'role')),
      ...(options.app !== undefined && { app: options.app }),
      expiresAt: wireTime(context.clock.now() + Number(days) * DAY),
    })
    if (!judged.success) {
      const [issue] = judged.error.issues
      throw new UsageError(`--${String(issue?.path[0])} ${issue?.message}`)
    }
    return withTools(context, ({ tokens }) =>
      orRefused(context, async () => {
        const { row, token } = await tokens.create(judged.data, CLI)
        const told = options.json ? JSON.stringify({ ...tokenView(row), token }) : token
        context.stdout.write(`${told}\n`)
        return EXIT.ok
      }),
    )
  },
}

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
        for (const { id, name, role, app, expiresAt, lastUsedAt, revokedAt } of all) {
          const end = revokedAt ? `revoked ${revokedAt}` : `until ${expiresAt}`
          const used = lastUsedAt ? `last used ${lastUsedAt}` : 'never used'
          context.stdout.write(
            `${id}  ${role}${app ? ` of ${app}` : ''}  ${end}  ${used}  ${name}\n`,
          )
        }
      }
      return EXIT.ok
    })
  },
}

export const tokensRevoke: Command = {
  name: 'tokens revoke',
  summary: 'revokes a token for automation, from its next use on',
  usage: `--id <id>   as 'tokens list' shows it
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
