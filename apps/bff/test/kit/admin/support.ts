import { AdminIdentity } from '../../../src/accounts/admin-identity.js'
import type { Config } from '../../../src/core/config/config.js'
import { Secret } from '../../../src/core/config/secret.js'
import type { AdminPrincipal, Role } from '../../../src/http/access/principals.js'
import { type Answer, TestApp } from '../test-app.js'

export const ADMIN = 'an-administrators-token-of-the-tests-01'

export const startAdmin = (change: Partial<Config> = {}): Promise<TestApp> =>
  TestApp.start({ adminToken: new Secret(ADMIN), ...change })

/** A call under /v1/admin, by SEALCARD_ADMIN_TOKEN. */
export const asAdmin = (
  app: TestApp,
  method: string,
  path: string,
  body?: unknown,
  headers: Record<string, string> = {},
): Promise<Answer> =>
  app.call(method, `/v1/admin/${path}`, {
    token: ADMIN,
    headers,
    ...(body !== undefined && { body }),
  })

/** Every caller is an administrator of that role while `work` runs. */
export const inRole = async <T>(app: TestApp, role: Role, work: () => Promise<T>): Promise<T> => {
  const principal: AdminPrincipal = { actor: `admin:${role}`, role, address: '192.0.2.7' }
  const identify = jest.spyOn(app.nest.get(AdminIdentity), 'identify').mockResolvedValue(principal)
  try {
    return await work()
  } finally {
    identify.mockRestore()
  }
}

// eslint-disable-next-line @typescript-eslint/no-explicit-any -- tests read what the schemas promise
type Item = { id: string } & Record<string, any>

/** Every page of a list, one after the other. */
export const allPages = async (app: TestApp, path: string, limit: number) => {
  const items: Item[] = []
  const join = path.includes('?') ? '&' : '?'
  for (let cursor: string | null = '', pages = 0; cursor !== null; pages++) {
    const answer: Answer = await asAdmin(
      app,
      'GET',
      `${path}${join}limit=${limit}${cursor && `&cursor=${encodeURIComponent(cursor)}`}`,
    )
    if (answer.status !== 200 || pages > 1000) throw new Error(answer.text)
    items.push(...answer.body.items)
    cursor = answer.body.nextCursor
  }
  return items
}
