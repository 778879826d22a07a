import type { Share } from '@sealcard/protocol'
import { HOUR } from '../../../src/core/time.js'
import { ShareEntity } from '../../../src/members/shares/share.entity.js'
import { expectProblem } from '../../kit/expect-problem.js'
import { key, wechatProof } from '../../kit/proofs.js'
import { TestApp } from '../../kit/test-app.js'

let app: TestApp
let alice: string
let cardId: string
beforeAll(async () => {
  app = await TestApp.start()
})
beforeEach(async () => {
  alice = await app.login('alice')
  const body = { title: 'Title', body: 'The secret' }
  cardId = (await app.call('POST', '/v1/cards', { token: alice, body })).body.id
})
afterEach(() => app.clock.advance(HOUR))
afterAll(() => app.stop())

const share = (body?: unknown, id = cardId) =>
  app.call('POST', `/v1/cards/${id}/shares`, {
    token: alice,
    ...(body !== undefined && { body }),
  })
const labelled = async (label?: string): Promise<Share> => {
  const answer = await share(label === undefined ? undefined : { label })
  expect(answer.status).toBe(201)
  return answer.body
}
const declared = ({ declare }: Share) =>
  declare.platform === 'wechat' ? declare.activityId : declare.state
const opened = (name: string, one: Share) => async () => {
  const token = await app.login(name)
  return app.open(token, one.id, wechatProof(key(name), declared(one), `${name} ${one.id}`))
}
const roster = async () =>
  (await app.call('GET', `/v1/cards/${cardId}/openings`, { token: alice })).body.items

describe('a label of a share', () => {
  test('the same sharer, card and label get the same share; another label another', async () => {
    const plain = await labelled()
    const finance = await labelled('财务群')
    const legal = await labelled('法务群')
    expect(new Set([plain.id, finance.id, legal.id]).size).toBe(3)
    expect([plain.label, finance.label, legal.label]).toEqual([undefined, '财务群', '法务群'])
    expect(new Set([plain, finance, legal].map(declared)).size).toBe(3)
    expect(await labelled('财务群')).toEqual(finance)
    // Blanks around it, signs that show nothing and another form of the same characters.
    expect((await labelled(' 财务\u200b群 ')).id).toBe(finance.id)
    expect((await labelled()).id).toBe(plain.id)
    expect((await share({})).body.id).toBe(plain.id)
    const accented = await labelled('Re\u0301gie')
    expect(await labelled('R\u00e9gie')).toEqual(accented)
  })

  test('another card with that label has a share of its own', async () => {
    const one = await labelled('财务群')
    const { cardId: other } = await app.shared(alice)
    expect((await share({ label: '财务群' }, other)).body.id).not.toBe(one.id)
  })

  test('asked for by two processes at once, it is one share', async () => {
    const beside = await app.beside()
    const before = app.wechat.declared
    const answers = await Promise.all(
      Array.from({ length: 8 }, (_, i) =>
        (i % 2 ? app : beside).call('POST', `/v1/cards/${cardId}/shares`, {
          token: alice,
          body: { label: 'A' },
        }),
      ),
    )
    await beside.nest.close()
    expect(new Set(answers.map(({ text }) => text)).size).toBe(1)
    expect(app.wechat.declared - before).toBe(1)
  })

  test.each([
    [{ label: '' }, 'label'],
    [{ label: 'x'.repeat(33) }, 'label'],
    [{ label: ' \u200b ' }, 'label'],
    [{ label: 'two\nlines' }, 'label'],
    [{ label: null }, 'label'],
    [{ label: 7 }, 'label'],
    [{ name: 'x' }, 'name'],
  ])('%j is refused and names the field', async (body, path) => {
    const answer = await share(body)
    expectProblem(answer, 'ERR_INPUT')
    expect(answer.body.issues[0].path).toBe(path)
  })

  test('32 characters are allowed, as people count them', async () => {
    expect((await labelled('𠮷'.repeat(32))).label).toBe('𠮷'.repeat(32))
  })

  test('is in the roster beside the reader who came through it first', async () => {
    const [plain, finance] = [await labelled(), await labelled('财务群')]
    for (const open of [opened('bob', finance), opened('carol', plain), opened('bob', plain)]) {
      expect((await open()).status).toBe(201)
      app.clock.advance(1)
    }
    expect(await roster()).toMatchObject([
      { share: { id: plain.id }, count: 1 },
      { share: { id: finance.id, label: '财务群' }, count: 2 },
    ])
    expect((await roster())[0].share).toEqual({ id: plain.id })
  })

  test('is in the card that its owner reads, newest first', async () => {
    const plain = await labelled()
    app.clock.advance(1)
    const finance = await labelled('财务群')
    const { shares } = (await app.call('GET', `/v1/cards/${cardId}`, { token: alice })).body
    const told = ({ id, createdAt, shareUntil, verifyUntil }: Share) => ({
      id,
      createdAt,
      shareUntil,
      verifyUntil,
    })
    expect(shares).toEqual([{ ...told(finance), label: '财务群' }, told(plain)])
  })

  test('no recipient gets it', async () => {
    const secret = await labelled('OnlyForTheSender')
    const answer = await opened('bob', secret)()
    const bob = await app.login('bob')
    const received = await app.call('GET', '/v1/cards?box=received', { token: bob })
    const copy = await app.call('GET', '/v1/me/export', { token: bob })
    for (const { text } of [answer, received, copy]) expect(text).not.toContain('OnlyForTheSender')
  })

  test('is sealed at rest, and in its sharer’s own copy in words', async () => {
    await labelled('SealedLabel')
    const rows = await app.storage.manager.findBy(ShareEntity, { cardId })
    expect(JSON.stringify(rows)).not.toContain('SealedLabel')
    const copy = await app.call('GET', '/v1/me/export', { token: alice })
    expect(copy.text).toContain('SealedLabel')
  })

  test('is erased with the person', async () => {
    alice = await app.login('leaving')
    const { cardId } = await app.shared(alice)
    await share({ label: 'Leaving' }, cardId)
    await app.call('DELETE', '/v1/me', { token: alice })
    const rows = await app.storage.manager.findBy(ShareEntity, { cardId })
    expect(rows).toHaveLength(2)
    for (const row of rows) expect(row).toMatchObject({ sealedLabel: null, labelHash: null })
  })
})
