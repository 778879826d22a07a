import { AdminAccountsService } from '../../src/accounts/admin-accounts.service.js'
import { totpCode } from './totp-code.js'
import type { Role } from '../../src/http/access/principals.js'
import type { Answer, TestApp } from './test-app.js'

export const PASSWORD = 'correct horse battery'
const BY = { actor: 'cli', address: 'local' }
const STEP_MS = 30_000

/** A person with an account. */
export interface Administrator {
  readonly id: string
  readonly name: string
  readonly password: string
  /** Base32. */
  readonly secret: string
}

/** A login, as a browser has it. */
export interface Browser {
  readonly cookie: string
  readonly csrf: string
}

export const named = (answer: Answer, cookie: string): string | undefined =>
  setCookies(answer)
    .find((line) => line.startsWith(`${cookie}=`))
    ?.split(';', 1)[0]
    ?.slice(cookie.length + 1)

export const setCookies = ({ headers }: Answer): string[] =>
  [headers['set-cookie'] ?? []].flat() as string[]

/** The cookies of an answer, as the next request brings them. */
export const cookiesOf = (answer: Answer): string =>
  setCookies(answer)
    .map((line) => line.split(';', 1)[0])
    .join('; ')

/** An account with its second factor. */
export const administrator = async (
  { nest }: TestApp,
  name = 'root',
  role: Role = 'admin',
): Promise<Administrator> => {
  const accounts = nest.get(AdminAccountsService, { strict: false })
  const { account, secret } = await accounts.create(name, role, { password: PASSWORD }, BY)
  return { id: account.id, name, password: PASSWORD, secret }
}

export const login = (
  app: TestApp,
  { name, password, secret }: Administrator,
  change: object = {},
  headers: Record<string, string> = {},
): Promise<Answer> =>
  app.call('POST', '/v1/admin/session', {
    body: { name, password, totp: totpCode(secret, app.clock.now()), ...change },
    headers,
  })

/** A code that is not valid in the current windows. */
export const wrongCode = (secret: string, now: number): string => {
  const good = [-1, 0, 1].map((steps) => totpCode(secret, now + steps * STEP_MS))
  return ['000000', '000001', '000002', '000003'].find((code) => !good.includes(code)) ?? ''
}

/** Logs in under a code that was not used yet. */
export const enter = async (app: TestApp, who: Administrator): Promise<Browser> => {
  app.clock.advance(STEP_MS)
  const answer = await login(app, who)
  if (answer.status !== 201) throw new Error(answer.text)
  return { cookie: cookiesOf(answer), csrf: answer.body.csrf }
}

/** A request of a browser that is logged in. */
export const by = (
  app: TestApp,
  { cookie, csrf }: Browser,
  method: string,
  path: string,
  body?: unknown,
  headers: Record<string, string> = {},
): Promise<Answer> =>
  app.call(method, `/v1/admin/${path}`, {
    headers: { cookie, ...(method !== 'GET' && { 'x-csrf-token': csrf }), ...headers },
    ...(body !== undefined && { body }),
  })
