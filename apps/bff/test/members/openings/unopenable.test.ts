import { AuditEntryEntity } from '../../../src/audit/audit.entities.js'
import { PersonService } from '../../../src/lifecycle/person.service.js'
import { CardEntity } from '../../../src/members/cards/card.entity.js'
import { OpeningEntity, ProofEntity } from '../../../src/members/openings/opening.entity.js'
import { ADMIN, asAdmin, startAdmin } from '../../kit/admin/support.js'
import { BotSender, deskBot } from '../../kit/bot-sender.js'
import { WECHAT, WECOM } from '../../kit/config.js'
import { expectProblem } from '../../kit/expect-problem.js'
import { key, wechatProof } from '../../kit/proofs.js'
import { readCopy } from '../../kit/read-copy.js'
import type { TestApp } from '../../kit/test-app.js'

let app: TestApp
beforeEach(async () => {
  app = await startAdmin({ bots: [deskBot()] })
})
afterEach(() => app.stop())

type Sealed = 'sealedTitle' | 'sealedBody'

/** As a damaged disk leaves it, or a keyring from which a key was dropped too early. @returns what mends it */
const damage = async (id: string, column: Sealed) => {
  const cards = app.storage.getRepository(CardEntity)
  const { [column]: whole } = await cards.findOneByOrFail({ id })
  const envelope = String(whole)
  const other = envelope.at(-5) === 'A' ? 'B' : 'A'
  await cards.update({ id }, { [column]: envelope.slice(0, -5) + other + envelope.slice(-4) })
  return () => cards.update({ id }, { [column]: whole })
}

describe('E2 a body that does not open', () => {
  test('is an error, not an opening: neither the proof nor the only view is used', async () => {
    const alice = await app.login('alice')
    const policy = { maxOpensPerViewer: 1, maxViewers: 1 }
    const { cardId, shareId, declared } = await app.shared(alice, { policy })
    const bob = await app.login('bob')
    const proof = wechatProof(key('bob'), declared)
    const mend = await damage(cardId, 'sealedBody')
    expectProblem(await app.open(bob, shareId, proof), 'ERR_INTERNAL')
    const { manager } = app.storage
    expect(await manager.count(OpeningEntity)).toBe(0)
    expect(await manager.count(ProofEntity)).toBe(0)
    expect(await manager.countBy(AuditEntryEntity, { kind: 'opening' })).toBe(0)
    await mend()
    expect((await app.open(bob, shareId, proof)).body.card.body).toBe('The secret')
  })
})

describe('E2 a title that does not open takes no other away', () => {
  const titles = (items: { title: string }[]) => items.map(({ title }) => title).sort()
  const three = async (owner: string) => {
    const all = []
    for (const title of ['A', 'B', 'C']) all.push(await app.shared(owner, { title }))
    await damage(String(all[1]?.cardId), 'sealedTitle')
    return all
  }

  test('from what was sent, what was received, and the administrators', async () => {
    const alice = await app.login('alice')
    const bob = await app.login('bob')
    const cards = await three(alice)
    const damaged = String(cards[1]?.cardId)
    for (const { shareId, declared, cardId } of cards) {
      const { status } = await app.open(bob, shareId, wechatProof(key('bob'), declared))
      expect(status).toBe(cardId === damaged ? 500 : 201)
    }
    const box = async (token: string, name: string) =>
      titles((await app.call('GET', `/v1/cards?box=${name}`, { token })).body.items)
    expect(await box(alice, 'sent')).toEqual(['', 'A', 'C'])
    expect(await box(bob, 'received')).toEqual(['A', 'C'])
    expect(titles((await asAdmin(app, 'GET', 'cards')).body.items)).toEqual(['', 'A', 'C'])
    expect((await asAdmin(app, 'GET', `cards/${damaged}`)).body.title).toBe('')
  })

  test('from the copy that a person asks for', async () => {
    await three(await app.login('alice'))
    const who = { app: WECHAT, viewerKey: 'alice' }
    const told = await readCopy(
      await app.nest.get(PersonService).export(who, 'machine', { actor: ADMIN }),
    )
    const rows = told?.tables['cards']?.rows as { sealedTitle: string }[]
    expect(rows.map(({ sealedTitle }) => sealedTitle).sort()).toEqual([
      '(cannot be opened)',
      'A',
      'C',
    ])
  })

  test('from what the bot lists and finds', async () => {
    await three(await app.login('alice', WECOM))
    const bot = new BotSender(app)
    const listed = JSON.stringify(await bot.say('我的卡片'))
    for (const title of ['A', '—', 'C']) expect(listed).toContain(title)
    expect(JSON.stringify(await bot.say('撤回 C'))).toContain('撤回“C”？')
  })
})
