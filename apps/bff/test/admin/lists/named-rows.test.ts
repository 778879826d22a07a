import { asAdmin, startAdmin } from '../../kit/admin/support.js'
import { key, wechatProof } from '../../kit/proofs.js'
import type { TestApp } from '../../kit/test-app.js'

let app: TestApp
beforeAll(async () => {
  app = await startAdmin()
})
afterAll(() => app.stop())

/** A person who calls themselves so. */
const person = async (name: string) => {
  const token = await app.login(name)
  const { body } = await app.call('PATCH', '/v1/me', { token, body: { name } })
  const { id, code } = body
  return { token, view: { id, name, nameFrom: 'self', code } }
}

describe('rows of lists say whom and what they are about', () => {
  test('the owner of a card and its sharers, by name and code', async () => {
    const { token, view } = await person('alice')
    const { cardId } = await app.shared(token)
    const { body: list } = await asAdmin(app, 'GET', `cards?owner=${view.id}`)
    expect(list.items).toMatchObject([{ id: cardId, owner: view }])
    const { body: card } = await asAdmin(app, 'GET', `cards/${cardId}`)
    expect(card).toMatchObject({ owner: view, shares: [{ sharer: view }] })
  })

  test('the card of an opening by its title, and no card where none was named', async () => {
    const owner = await person('anna')
    const { cardId, shareId, declared } = await app.shared(owner.token, { title: 'Pay' })
    const { token, view } = await person('bob')
    await app.open(token, shareId, wechatProof(key('bob'), declared))
    await app.open(token, 'nothing', wechatProof(key('bob'), declared, 'again'))
    const { body } = await asAdmin(app, 'GET', `openings?viewer=${view.id}`)
    const about = body.items.map(({ card }: { card: unknown }) => card)
    expect(about).toHaveLength(2)
    expect(about).toEqual(expect.arrayContaining([{ id: cardId, title: 'Pay' }, null]))
    const { body: watermark } = await asAdmin(
      app,
      'GET',
      `watermarks?app=acme-wechat&code=${view.code}`,
    )
    expect(watermark.openings).toMatchObject([{ card: { id: cardId, title: 'Pay' } }])
  })

  test('a request by card, owner and person, and a session by person', async () => {
    const owner = await person('abby')
    const { cardId, shareId } = await app.shared(owner.token, { title: 'Plan' })
    const { token, view } = await person('ben')
    await app.call('POST', `/v1/shares/${shareId}/requests`, { token, body: {} })
    const { body } = await asAdmin(app, 'GET', `requests?viewer=${view.id}`)
    expect(body.items).toMatchObject([
      { card: { id: cardId, title: 'Plan' }, owner: owner.view, viewer: view },
    ])
    app.clock.advance(1)
    await app.call('POST', '/v1/shares/nothing/requests', { token, body: {} })
    const { items } = (await asAdmin(app, 'GET', `requests?viewer=${view.id}`)).body
    expect(items[0]).toMatchObject({ card: null, owner: null })
    const sessions = await asAdmin(app, 'GET', `sessions?viewer=${view.id}`)
    expect(sessions.body.items).toMatchObject([{ viewer: view }])
  })

  test('an erased owner has no name, and an erased card no title', async () => {
    const { token, view } = await person('carol')
    const { cardId } = await app.shared(token, { title: 'Gone' })
    await asAdmin(app, 'POST', `viewers/${view.id}/erase`, { reason: 'asked for it' })
    const { body } = await asAdmin(app, 'GET', `cards/${cardId}`)
    expect(body.owner).toEqual({ id: expect.any(String), code: expect.any(String) })
    expect(body.owner.id).not.toBe(view.id)
    expect(body.title).toBe('')
    const { items } = (await asAdmin(app, 'GET', `audit?subject=${cardId}`)).body
    expect(items[0].about).toEqual({ kind: 'card', id: cardId })
  })
})

describe('entries of the audit', () => {
  test('name people, cards, administrators, tokens and jobs, and keep their ids', async () => {
    const { token, view } = await person('dora')
    const { cardId, shareId } = await app.shared(token, { title: 'Bonus' })
    await asAdmin(app, 'POST', `cards/${cardId}/revoke`, { reason: 'left' })
    const { body: made } = await asAdmin(app, 'POST', 'accounts', { name: 'eve', role: 'auditor' })
    const { id } = made.account
    const about = async (query: string) =>
      (await asAdmin(app, 'GET', `audit?${query}`)).body.items.map(
        ({ kind, by, about }: Record<string, unknown>) => [kind, by, about],
      )
    const dora = { kind: 'person', ...view }
    const card = { kind: 'card', id: cardId, name: 'Bonus' }
    const machine = { kind: 'token', id: 'env', name: 'SEALCARD_ADMIN_TOKEN' }
    expect(await about(`subject=${cardId}`)).toEqual([
      ['card.revoke', machine, card],
      ['card.create', dora, card],
    ])
    expect(await about(`subject=${shareId}`)).toEqual([['share.create', dora, card]])
    expect(await about(`subject=${id}`)).toEqual([
      ['admin.create', machine, { kind: 'administrator', id, name: 'eve' }],
    ])
  })
})
