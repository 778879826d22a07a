import type { ClientOperation } from '../types.js'
import { fail, notSupported, ok } from './answers.js'

const API = 'requestSubscribeMessage'
/** W31: templates in one call. */
const MOST = 5

/**
 * W31. SIM: no panel is drawn. The person's answer to each template is the setting `wechat.subscribeAnswers`, and accept
 * without one; the main switch is `wechat.subscribeSwitch`.
 */
export const requestSubscribeMessage: ClientOperation = (world, { phone, args }) => {
  // W31 does not name WeCom: UNCONFIRMED, as not supported.
  if (phone.client !== 'wechat') return notSupported(API)
  const ids = args['tmplIds']
  if (!Array.isArray(ids) || ids.some((id) => typeof id !== 'string'))
    return fail(API, 'Invalid template id', { errCode: 10004 })
  const asked = ids as string[]
  if (asked.length === 0) return fail(API, "TmplIds can't be empty", { errCode: 10001 })
  if (asked.length > MOST) return fail(API, 'Templates count out of max bounds', { errCode: 20003 })
  const { subscribeSwitch, subscribeAnswers, templates } = world.settings.wechat
  const known = templates.filter(({ id }) => asked.includes(id))
  if (known.length < new Set(asked).size)
    return fail(API, 'No template data return, verify the template id exist', { errCode: 20001 })
  if (!subscribeSwitch) return fail(API, 'The main switch is switched off', { errCode: 20004 })
  const answers: Record<string, string> = {}
  const titles = new Set<string>()
  for (const { id, title } of known) {
    // W31: of templates with one title in a call, one is kept.
    const answer = titles.has(title) ? 'filter' : (subscribeAnswers[id] ?? 'accept')
    titles.add(title)
    answers[id] = answer
    if (answer === 'accept') world.subscriptions.accept(phone.miniProgram, phone.person, id)
  }
  return ok(API, answers)
}
