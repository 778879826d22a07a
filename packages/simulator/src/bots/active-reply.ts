import { RESPONSE_MS, type BotState, type Complaint, type Json } from '../world/bot-types.js'
import { check, isObject } from './check.js'
import { complaint } from './fault.js'
import { byMsgid } from './ledger.js'
import { ACTIVE } from './reply-schema.js'

export interface ActiveAnswer {
  errcode: number
  errmsg: string
}

/** Q15: 40035. SIM: that a body it cannot take leaves the code unused. */
const INVALID: ActiveAnswer = { errcode: 40_035, errmsg: 'invalid parameter' }

const parse = (text: string): Json | null => {
  try {
    const value: unknown = JSON.parse(text)
    return isObject(value) ? value : null
  } catch {
    return null
  }
}

const judge = (body: Json | null, single: boolean): Complaint[] => {
  if (body === null) return [complaint('5.6', '', 'the active reply is not a JSON object')]
  if ('encrypt' in body) {
    return [complaint('5.6', 'encrypt', 'an active reply is plain JSON, not encrypted')]
  }
  const name = body['msgtype']
  if (typeof name !== 'string' || !Object.hasOwn(ACTIVE, name)) {
    return [complaint('5.6', 'msgtype', 'an active reply is markdown or template_card')]
  }
  if (name === 'template_card' && !single) {
    return [complaint('5.6', 'msgtype', 'a template_card goes to 1-to-1 chats only')]
  }
  return check(ACTIVE[name as keyof typeof ACTIVE], body, '5.6').complaints
}

/**
 * Q31: `POST …/cgi-bin/aibot/response?response_code=…`, plain JSON, once within an hour.
 * @returns null when this bot never issued the code.
 */
export const takeActiveReply = (
  state: BotState,
  code: string,
  text: string,
  at: { now: number; usedErrCode: number },
): ActiveAnswer | null => {
  if (!Object.hasOwn(state.responses, code)) return null
  const record = state.responses[code]
  if (!record) return null
  const exchange = byMsgid(state, record.msgid)
  const refuse = (complaints: Complaint[], answer: ActiveAnswer): ActiveAnswer => {
    exchange?.complaints.push(...complaints)
    return answer
  }
  const spent =
    record.usedAt !== null
      ? 'was used before'
      : at.now - record.issuedAt > RESPONSE_MS
        ? 'is older than an hour'
        : null
  if (spent !== null) {
    return refuse([complaint('5.6', 'response_url', spent)], {
      errcode: at.usedErrCode,
      errmsg: 'invalid response_code',
    })
  }
  const body = parse(text)
  const complaints = judge(body, record.single)
  if (body === null || complaints.length > 0) return refuse(complaints, INVALID)
  record.usedAt = at.now
  exchange?.active.push({ at: at.now, body })
  const card = body['template_card'] as Json | undefined
  const id = card?.['task_id']
  if (card && typeof id === 'string') {
    state.tasks[id] ??= { msgid: record.msgid, card, chatid: null }
  }
  return { errcode: 0, errmsg: 'ok' }
}
