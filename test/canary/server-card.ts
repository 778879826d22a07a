import type { WorldState } from '@sealcard/simulator'
import type { Stack } from '../support/stack.js'

interface ServerCard {
  stack: Stack
  /** Where the calls go. */
  url: string
  adminToken: string
  reference: string
  /** In the card's `data`. */
  note: string
}

type Json = Record<string, unknown>

/**
 * A card that stands for something of an adopter's: made by their server, opened by a person, looked at by administrators,
 * and asked for in wrong ways.
 */
export const playServerCard = async ({ stack, url, adminToken, reference, note }: ServerCard) => {
  const call = async (method: string, at: string, token: string, body?: object): Promise<Json> => {
    const answer = await fetch(url + at, {
      method,
      headers: {
        'content-type': 'application/json',
        'idempotency-key': `canary-${method}-${at.replaceAll('/', '-').slice(0, 40)}`,
        ...(token && { authorization: `Bearer ${token}` }),
      },
      ...(body && { body: JSON.stringify(body) }),
    })
    return (await answer.json().catch(() => ({}))) as Json
  }
  const expiresAt = new Date(Date.now() + 3_600_000).toISOString()
  const made = { name: 'shop', role: 'server', app: 'demo-wechat', expiresAt }
  const server = String((await call('POST', '/v1/admin/tokens', adminToken, made))['token'])
  const { identities } = (await stack.control.exportState()) as WorldState
  const owner = Object.entries(identities).find(([key]) => key.endsWith(' lin'))?.[1].openid
  const card = { owner, title: '订单', reference, data: { note } }
  const { id } = await call('POST', '/v1/server/cards', server, card)
  const share = await call('POST', `/v1/server/cards/${String(id)}/shares`, server)
  const { activityId } = share['declare'] as { activityId: string }
  const [lin, chen] = ['lin-wechat', 'chen-wechat'].map((phone) => stack.control.phone(phone))
  await lin!.wx('login')
  await lin!.wx('updateShareMenu', { withShareTicket: true, isPrivateMessage: true, activityId })
  const sent = await lin!.share({
    page: 'pages/card/index#1',
    from: 'menu',
    chat: 'wechat-lin-chen',
    share: { title: '订单', path: share['path'] as string },
  })
  const { shareTicket } = await chen!.open({ via: 'card', card: sent.card.id })
  const { code } = (await chen!.wx('login')).res as { code?: string }
  const session = await call('POST', '/v1/sessions', '', { app: 'demo-wechat', code })
  const proof = (await chen!.wx('authPrivateMessage', { shareTicket })).res as Json
  const { encryptedData, iv } = proof
  const opened = `/v1/shares/${String(share['id'])}/openings`
  const opening = await call('POST', opened, String(session['token']), { encryptedData, iv })
  await call('GET', `/v1/server/openings/${String(opening['id'])}`, server)
  const admin = [
    '/v1/admin/cards',
    `/v1/admin/cards?q=${String(id)}`,
    `/v1/admin/cards/${String(id)}/roster`,
    '/v1/admin/audit/export',
  ]
  for (const at of admin) await call('GET', at, adminToken)
  const wrong: object[] = [
    { ...card, [reference]: note },
    { ...card, reference: reference.repeat(600) },
    { ...card, reference: [reference], data: note },
    { ...card, owner: reference },
    { ...card, title: { reference, note } },
  ]
  for (const body of wrong) await call('POST', '/v1/server/cards', server, body)
  await call('PATCH', `/v1/server/cards/${String(id)}`, server, { title: 1, [note]: reference })
  await call('GET', `/v1/server/cards/${encodeURIComponent(reference)}`, server)
  await call('POST', `/v1/server/cards/${String(id)}/revoke`, server, { reason: '' })
  return opening
}
