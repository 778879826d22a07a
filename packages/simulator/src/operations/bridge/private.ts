import { sealWebProof, ticketKey } from '../../crypto/jsapi.js'
import type { CardRecord, WebConfig } from '../../world/records.js'
import type { World } from '../../world/world.js'
import { admitted, fail, isAnswer, ok } from './answers.js'
import type { BridgeOperation } from './types.js'

/** Q2: marks the page; what is shared from it carries the ticket. A second call replaces the first (SIM). */
export const setShareAttr: BridgeOperation = (world, input) => {
  const api = 'setShareAttr'
  const admission = admitted(input, api, 'agent')
  if (isAnswer(admission)) return admission
  const { withShareTicket = false, state = '' } = input.args
  if (typeof withShareTicket !== 'boolean') return fail(api, 'invalid withShareTicket')
  if (typeof state !== 'string') return fail(api, 'invalid state')
  const limit = world.settings.wecom.stateMaxLength
  if (limit !== null && state.length > limit) return fail(api, 'invalid state')
  input.view.attribute = { withShareTicket, state, address: input.address }
  world.changed()
  return ok(api)
}

/** Q10, Q2: from a card in a chat `normal`, and the ticket when the card is private. */
export const getContext: BridgeOperation = (_world, input) => {
  const api = 'getContext'
  const admission = admitted(input, api, 'any')
  if (isAnswer(admission)) return admission
  const { entry, shareTicket } = input.view
  return ok(api, { entry, ...(shareTicket === null ? {} : { shareTicket }) })
}

/** Q15's meanings; which of them reaches the page is UNCONFIRMED. */
const TICKET_ERRORS = { missing: 60230, unknown: 60231, misused: 60233, app: 60234, domain: 60242 }

/** Q2: fails for everyone who is not a direct recipient. The key is the application's ticket. */
export const getShareInfo: BridgeOperation = (world, input) => {
  const api = 'getShareInfo'
  const admission = admitted(input, api, 'agent')
  if (isAnswer(admission)) return admission
  const { phone, address, args } = input
  const ticket = world.webPages.ticket(phone, args['shareTicket'])
  if (typeof ticket === 'string') return fail(api, 'invalid shareTicket', TICKET_ERRORS[ticket])
  const card = world.chats.card(ticket.card)
  if (card.link?.app !== admission.app) return fail(api, 'invalid shareTicket', TICKET_ERRORS.app)
  if (ticket.host !== new URL(address).host) {
    return fail(api, 'invalid shareTicket', TICKET_ERRORS.domain)
  }
  if (!world.recipients.isDirect(phone, card)) {
    return fail(api, 'not_recipient', world.settings.wecom.h5NonRecipientErrCode)
  }
  return ok(api, { ...sealed(world, card, admission, phone.person) })
}

const sealed = (world: World, card: CardRecord, config: WebConfig, person: string) => {
  const { h5KeyDerivation, h5ProofTicket } = world.settings.wecom
  const newest = h5ProofTicket === 'newest' ? world.jsTickets.latest('agent', config.app) : null
  const plain = JSON.stringify({
    chatId: world.chats.publicId(card.chat),
    state: card.state ?? '',
    curReceiver: world.people.get(person).wecomUserid,
  })
  const key = ticketKey(newest?.ticket ?? config.ticket, h5KeyDerivation)
  return sealWebProof(key, world.bytes(16), plain)
}
