import { faults } from '@sealcard/testing'
import { GRACE_MS, NoticeFinder } from '../../../src/bots/notices/notice-finder.js'
import { BotJobEntity } from '../../../src/bots/storage/bot-job.entity.js'
import { BotJobRepository, LEASE_MS } from '../../../src/bots/storage/bot-job.repository.js'
import { BotNoticeEntity } from '../../../src/bots/storage/bot-notice.entity.js'
import { deskBot } from '../../kit/bot-sender.js'
import { WECOM_B } from '../../kit/config.js'
import { ALL, MessageBench, SEND } from '../../kit/message-bench.js'
import { key, wecomProof } from '../../kit/proofs.js'

const TAKE = 16
const bench = MessageBench.forFile()
const start = () => bench().start(ALL, deskBot({ id: 'other', app: WECOM_B, notices: ALL }))

describe('A7 a chat with more jobs than one run reads', () => {
  let at: MessageBench
  let jobs: BotJobRepository

  beforeEach(async () => {
    at = await start()
    jobs = at.app.nest.get(BotJobRepository)
    for (let i = 0; i <= TAKE; i++) await add('busy', i)
    at.app.clock.advance(1)
    await add('quiet', 0)
  })
  const add = (chatKey: string, i: number) =>
    jobs.add(at.app.storage.manager, [
      {
        id: `${chatKey}-${i}`,
        botId: 'desk',
        chatKey,
        person: 'person',
        plaintext: '{}',
        delivery: 'stream',
      },
    ])
  const due = async (take = TAKE) => (await jobs.due(take)).map(({ id }) => id)
  const first = async () => {
    const job = await jobs.find('busy-0')
    if (!job) throw new Error('no job')
    return job
  }

  it('stops no other chat while its first job runs', async () => {
    expect(await due()).toEqual(['busy-0', 'quiet-0'])
    expect(await jobs.claim(await first())).toBe(true)
    expect(await due()).toEqual(['quiet-0'])
    at.app.clock.advance(LEASE_MS)
    expect(await due(1)).toEqual(['busy-0'])
  })

  it('stops no other chat while its first job waits for a retry, and then continues', async () => {
    await jobs.claim(await first())
    await jobs.retry(await first(), 60_000)
    expect(await due()).toEqual(['quiet-0'])
    at.app.clock.advance(60_000)
    await jobs.claim(await first())
    await jobs.finish(at.app.storage.manager, 'busy-0', 'done', null)
    expect(await due()).toEqual(['busy-1', 'quiet-0'])
    const { manager } = at.app.storage
    expect(await manager.countBy(BotJobEntity, { state: 'waiting' })).toBe(TAKE + 1)
  })
})

describe('an app with more due notices than one run reads, and a platform that takes none', () => {
  it('stops no notices of another app', async () => {
    const at = await start()
    await at.open(await at.share())
    const elsewhere = await at.app.login('carol', WECOM_B)
    const there = await at.app.shared(elsewhere, { title: '乙' })
    const reader = await at.app.login('bob', WECOM_B)
    const proof = wecomProof(key('bob'), there.declared, 'bob', 'b')
    expect((await at.app.open(reader, there.shareId, proof)).status).toBe(201)
    at.app.clock.advance(GRACE_MS)
    await at.app.nest.get(NoticeFinder).find()
    const [down, up] = await at.notices()
    expect([down?.botId, up?.botId].sort()).toEqual(['desk', 'other'])
    await at.app.storage.manager.update(BotNoticeEntity, { botId: 'desk' }, { dueAt: 0 })
    const one = await at.app.storage.manager.findOneByOrFail(BotNoticeEntity, { botId: 'desk' })
    const more = Array.from({ length: 500 }, (_, i) => ({ ...one, id: `more-${i}`, at: i }))
    await at.app.storage.manager.insert(BotNoticeEntity, more)
    at.platform.on(SEND, (response, { body }) => {
      if (JSON.parse(body).touser === 'carol') response.end('{"errcode":0}')
      else faults.serverError(response)
    })
    await at.poll()
    const told = await at.app.storage.manager.findOneByOrFail(BotNoticeEntity, { botId: 'other' })
    expect(told.state).toBe('sent')
  })
})
