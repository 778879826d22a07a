import { sealCallback } from '../crypto/callback.js'
import { URL_CHECK_MS, type BotConfig, type Complaint } from '../world/bot-types.js'
import { askWithin, newNonce, signedUrl, type BotPorts } from './delivery.js'
import { complaint } from './fault.js'

export interface UrlCheck {
  ms: number
  status: number | null
  complaints: Complaint[]
}

const BOM = Buffer.from([0xef, 0xbb, 0xbf])

/** Why the body is not the plaintext, as precisely as it shows. */
const difference = (body: Buffer, expected: string): string | null => {
  const wanted = Buffer.from(expected)
  if (body.equals(wanted)) return null
  if (body.length === 0) return 'is empty'
  if (body.subarray(0, 3).equals(BOM)) return 'begins with a byte order mark'
  const text = body.toString()
  if (text === JSON.stringify(expected)) return 'is in quotes: send it as text/plain, not as JSON'
  if (text.trim() === expected) return 'has blanks or a newline around it'
  return `is not the decrypted echostr (${body.length} bytes instead of ${wanted.length})`
}

/** Q24, the contract's 5.2: status 200 and the plaintext of echostr, byte for byte, within a second. */
export const verifyUrl = async (ports: BotPorts, config: BotConfig): Promise<UrlCheck> => {
  const text = BigInt(`0x${ports.random.bytes(8).toString('hex')}`).toString()
  const echostr = sealCallback(config, ports.random.bytes(16), text)
  const nonce = newNonce(ports)
  const url = signedUrl(ports, config, nonce, echostr, { echostr })
  const { answer, ms } = await askWithin(ports, URL_CHECK_MS, { url, method: 'GET', headers: {} })
  if (answer.kind === 'timeout') {
    return { ms, status: null, complaints: [complaint('5.2', '', 'no answer within 1 second')] }
  }
  if (answer.kind === 'unreachable') {
    const message = `the server cannot be reached: ${answer.reason}`
    return { ms, status: null, complaints: [complaint('5.2', '', message)] }
  }
  const { status, body } = answer
  if (status !== 200) {
    return { ms, status, complaints: [complaint('5.2', 'status', `is ${status}, not 200`)] }
  }
  const wrong = difference(body, text)
  return { ms, status, complaints: wrong === null ? [] : [complaint('5.2', 'body', wrong)] }
}
