import { sealOpenData } from '../../crypto/open-data.js'
import { rawDataSignature } from '../../crypto/signatures.js'
import type { ClientOperation } from '../types.js'
import { admitted, missingInWecom, ok, qyName } from './answers.js'

/**
 * Q13: the member's name, in clear and sealed under the session key. Inside the visible range the client does not ask the person.
 * Outside it the client asks; this simulator refuses instead.
 */
export const qyGetEnterpriseUserInfo: ClientOperation = (world, { phone }) => {
  const missing = missingInWecom(world, phone, 'getEnterpriseUserInfo', '0')
  if (missing) return missing
  const admission = admitted(world, phone, 'getEnterpriseUserInfo')
  if ('ok' in admission) return admission
  const { app, userid, session } = admission
  const { name } = world.people.get(phone.person)
  // Q13: 0 is "not stated".
  const gender = 0
  const userInfo = { name, gender, language: phone.language }
  const rawData = JSON.stringify(userInfo)
  const plain = JSON.stringify({
    corpid: app.corpid,
    userid,
    name,
    gender,
    watermark: { appid: phone.miniProgram, timestamp: Math.floor(world.now() / 1000) },
  })
  world.sessions.use('wecom', session)
  return ok(qyName(world, 'getEnterpriseUserInfo'), {
    userInfo,
    rawData,
    signature: rawDataSignature(rawData, session.key),
    ...sealOpenData(session.key, world.bytes(16), plain),
  })
}
