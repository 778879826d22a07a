import { sameText } from '../../crypto/signatures.js'
import { TOKEN_LIFETIME_MS } from '../../world/tokens.js'
import { tokenApp } from '../../world/world.js'
import type { ServerOperation } from '../types.js'
import { wecomError } from './errors.js'

/** Q21: a token per app. Whether a repeated call repeats the token is UNCONFIRMED (setting wecom.gettoken). */
export const getToken: ServerOperation = (world, { query }) => {
  const { corpid, corpsecret } = query
  if (!corpid) throw wecomError(41002)
  const ofCorp = world.wecomApps().filter((app) => app.corpid === corpid)
  if (ofCorp.length === 0) throw wecomError(40013)
  if (!corpsecret) throw wecomError(41004)
  const app = ofCorp.find((known) => sameText(known.secret, corpsecret))
  if (!app) {
    // Q15: 40091 when the secret is another corp's.
    const foreign = world.wecomApps().some((known) => sameText(known.secret, corpsecret))
    throw wecomError(foreign ? 40091 : 40001)
  }
  const key = tokenApp(app)
  const repeated =
    world.settings.wecom.gettoken === 'same' ? world.tokens.latest('wecom', key) : null
  // SIM: with `new`, earlier tokens of the app stay valid until they expire.
  const { token, expiresIn } = repeated ?? world.tokens.issue('wecom', key, TOKEN_LIFETIME_MS)
  return { errcode: 0, errmsg: 'ok', access_token: token, expires_in: expiresIn }
}
