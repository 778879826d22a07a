import { countCases, eventually, scale } from '@sealcard/testing'
import { type LeanStack, startLeanStack } from '../support/lean-stack.js'
import { Member } from '../support/member.js'
import { type Fate, startWebhookReceiver } from '../support/webhook-receiver.js'

const KILLS = scale(4, 60, 2)
const WRITERS = 3
/** Every fourth try fails, in one of two ways. */
const FATES: readonly Fate[] = [
  'taken',
  'taken',
  'failed',
  'taken',
  'taken',
  'taken',
  'taken',
  'lost',
]

let tries = 0
let receiver: Awaited<ReturnType<typeof startWebhookReceiver>>
let stack: LeanStack
let lin: Member

beforeAll(async () => {
  receiver = await startWebhookReceiver(() => FATES[tries++ % FATES.length]!)
  stack = await startLeanStack({ webhooks: [receiver.config] })
  lin = new Member('lin', 'wechat', stack.control, stack.bff.url)
  expect((await lin.logIn()).status).toBe(201)
})
afterAll(async () => {
  await stack.stop()
  await receiver.stop()
})

/** A dead service shows as a failed fetch; anything else is a finding. */
const onlyTheCrash = (error: unknown) => {
  if (!/^(fetch failed|terminated)$/.test((error as Error).message)) throw error
}

it(
  `whatever was acknowledged before ${KILLS} × kill -9 is told, by one id for each event`,
  async () => {
    const tell = countCases(KILLS)
    const acknowledged: string[] = []
    const created: string[] = []
    for (let kill = 0; kill < KILLS; kill++) {
      const before = acknowledged.length
      let dead = false
      const writers = Array.from({ length: WRITERS }, async (_, writer) => {
        for (let n = 0; !dead; n++) {
          const card = await lin.createCard(`card ${kill}-${writer}-${n}`, 'secret')
          created.push(card.body.id)
          const revoked = await lin.call('POST', `/v1/cards/${card.body.id}/revoke`)
          expect(revoked.status).toBe(200)
          acknowledged.push(card.body.id)
        }
      }).map((writer) => writer.catch(onlyTheCrash))
      await eventually(async () => acknowledged.length > before + 2 * WRITERS)
      dead = true
      await stack.bff.stop('SIGKILL')
      await Promise.all(writers)
      await stack.bff.start()
      tell(kill + 1)
    }
    // Where the answer got lost, the revocation may have happened. Then it has its event as well.
    const isTold = (cardId: string) => receiver.told.some((one) => one.cardId === cardId)
    await eventually(async () => acknowledged.every(isTold), { withinMs: 180_000 })
    expect(receiver.refused).toEqual([])
    const ids = new Map<string, Set<string>>()
    for (const { id, cardId, type } of receiver.told) {
      expect([type, created.includes(cardId)]).toEqual(['card.revoked', true])
      ids.set(cardId, (ids.get(cardId) ?? new Set()).add(id))
    }
    expect([...ids.values()].every((one) => one.size === 1)).toBe(true)
  },
  scale(300_000, 3_600_000),
)
