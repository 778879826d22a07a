/** The account that the demo invites. */
const NAME = 'admin'
const REASON = 'npm start'

/**
 * How the person who started the demo gets into the console. While nobody has logged in, each start makes a one-time link
 * for the account that sets its password. @param {string} bffUrl @param {string} token SEALCARD_ADMIN_TOKEN
 * @returns {Promise<string | null>} the link; null when an account was used before
 */
export const firstConsoleLink = async (bffUrl, token) => {
  const call = async (method, path, body) => {
    const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' }
    const answer = await fetch(`${bffUrl}/v1/admin/${path}`, {
      method,
      headers,
      ...(body && { body: JSON.stringify(body) }),
    })
    if (!answer.ok) throw new Error(`${method} ${path}: ${await answer.text()}`)
    return answer.json()
  }
  const { items } = await call('GET', 'accounts')
  if (items.some(({ lastLoginAt }) => lastLoginAt !== null)) return null
  const invited = items.find(({ name }) => name === NAME)
  const { setup } = invited
    ? await call('POST', `accounts/${invited.id}/reset`, { reason: REASON })
    : await call('POST', 'accounts', { name: NAME, role: 'admin', reason: REASON })
  return `${bffUrl}/console/setup#${setup.token}`
}
