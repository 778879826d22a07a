import { AdminRole, TokenRole } from '@sealcard/protocol'
import { toString as drawQrCode } from 'qrcode'
import type { AdminAccountEntity } from '../../accounts/admin-account.entity.js'
import type { Ended, WithSecret } from '../../accounts/admin-accounts.service.js'
import { ApiError } from '../../core/errors/api-error.js'
import { DomainError } from '../../core/errors/domain-error.js'
import { type CommandContext, EXIT, UsageError } from './command.js'
import type { Tools } from './tools.js'

/** A user who may run a command has the database and its keys. */
export const CLI = { actor: 'cli', address: 'local' } as const

/** @throws UsageError */
export const roleOf = (text: string): AdminRole => {
  const role = AdminRole.safeParse(text)
  if (!role.success) throw new UsageError('--role must be admin, operator or auditor')
  return role.data
}

/** @throws UsageError */
export const tokenRoleOf = (text: string): TokenRole => {
  const role = TokenRole.safeParse(text)
  if (!role.success) throw new UsageError('--role must be admin, operator, auditor or server')
  return role.data
}

/** Runs work that may be refused for a reason that the user can mend. Prints the reason and returns exit code 1. */
export const orRefused = async (
  { stderr }: CommandContext,
  work: () => Promise<number>,
): Promise<number> => {
  try {
    return await work()
  } catch (error) {
    if (!(error instanceof ApiError || error instanceof DomainError)) throw error
    const issues = ('issues' in error ? error.issues : undefined)?.map(
      ({ path, message }) => `${path} ${message}`,
    )
    stderr.write(`${issues?.join('; ') ?? error.message}\n`)
    return EXIT.found
  }
}

/** @throws ApiError ERR_NOT_FOUND */
export const accountNamed = async (
  { accounts }: Tools,
  name: string,
): Promise<AdminAccountEntity> => {
  const account = (await accounts.list()).find((one) => one.name === name.toLowerCase())
  if (!account) throw new ApiError('ERR_NOT_FOUND')
  return account
}

/** A line that counts what ended with a change of an account; nothing where nothing did. */
export const endedWith = (ended: Ended | undefined): string => {
  const { logins = 0, tokens = 0, invitations = 0 } = ended ?? {}
  if (logins + tokens + invitations === 0) return ''
  return `ended: logins ${logins}, tokens ${tokens}, invitations ${invitations}\n`
}

/** The second factor, this once: on a terminal as a picture for an authenticator app's camera, too. */
export const tellSecret = async (
  { stdout }: CommandContext,
  { account: { id, name, role }, secret, uri, ended }: WithSecret,
  json: boolean | undefined,
): Promise<void> => {
  if (json) stdout.write(`${JSON.stringify({ id, name, role, secret, uri, ended })}\n`)
  else {
    stdout.write(`${role} ${name} (${id})\n${endedWith(ended)}`)
    stdout.write(`second factor, shown this once: enter the secret in an authenticator app\n`)
    stdout.write(`  secret  ${secret}\n  uri     ${uri}\n`)
    if (stdout.isTTY) stdout.write(`${await drawQrCode(uri, { type: 'terminal', small: true })}\n`)
  }
}
