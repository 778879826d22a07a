import { AuditEntryEntity } from '../../../src/audit/audit.entities.js'
import { ViewerRepository } from '../../../src/members/sessions/viewer.repository.js'
import { asAdmin, inRole, startAdmin } from '../../kit/admin/support.js'
import { BotSender, deskBot } from '../../kit/bot-sender.js'
import { WECHAT, WECOM } from '../../kit/config.js'
import { expectProblem } from '../../kit/expect-problem.js'
import { key, wechatProof, wecomProof } from '../../kit/proofs.js'
import type { Answer, TestApp } from '../../kit/test-app.js'
import { WebBrowser, webConfig } from '../../kit/web-browser.js'

let app: TestApp
let beside: TestApp
beforeAll(async () => {
  app = await startAdmin({ ...webConfig(), bots: [deskBot()] })
  beside = await app.beside()
})
afterAll(async () => {
  await beside.nest.close()
  await app.stop()
})

const idOf = async (person: string, appId = WECHAT) =>
  (await app.nest.get(ViewerRepository).find(appId, person))?.id ?? ''
const logIn = (on: TestApp, person: string, appId = WECHAT): Promise<Answer> =>
  on.call('POST', '/v1/sessions', { body: { app: appId, code: `${person}|${key(person)}` } })
const block = (id: string) => asAdmin(app, 'POST', `viewers/${id}/block`, { reason: 'left' })
const unblock = (id: string) => asAdmin(app, 'POST', `viewers/${id}/unblock`, { reason: 'back' })
const recorded = async (kind: string, subject: string) =>
  (
    await app.storage.manager.find(AuditEntryEntity, {
      where: { kind, subject },
      order: { seq: 'ASC' },
    })
  ).map(({ decision, reason }) => [decision, reason])

describe('a blocked person', () => {
  test('is out at once, in every process: no request, no login, no opening', async () => {
    const { shareId, declared } = await app.shared(await app.login('anna'))
    const tokens = [await app.login('bob'), await beside.login('bob')]
    const id = await idOf('bob')
    const at = new Date(app.clock.now()).toISOString()
    const answer = await block(id)
    expect(answer.status).toBe(200)
    expect(answer.body).toMatchObject({ id, app: WECHAT, blockedAt: at, ended: 2 })
    for (const on of [app, beside]) {
      for (const token of tokens) {
        expectProblem(await on.call('GET', '/v1/cards', { token }), 'ERR_SESSION')
        const proof = wechatProof(key('bob'), declared)
        expectProblem(await on.open(token, shareId, proof), 'ERR_SESSION')
      }
      const refused = await logIn(on, 'bob')
      expectProblem(refused, 'ERR_LOGIN_REJECTED')
      expect(refused.headers['retry-after']).toBeUndefined()
    }
    const session = { kind: 'session.open', subject: id }
    expect(await app.storage.manager.findBy(AuditEntryEntity, session)).toMatchObject([
      { decision: 'refused', reason: 'blocked' },
      { decision: 'refused', reason: 'blocked' },
    ])
  })

  test('whose opening waits behind the block does not get the card', async () => {
    const { shareId, declared } = await app.shared(await app.login('anna'))
    const token = await app.login('ben')
    const id = await idOf('ben')
    const opening = beside.open(token, shareId, wechatProof(key('ben'), declared))
    const [opened, blocked] = await Promise.all([opening, block(id)])
    expect(blocked.status).toBe(200)
    // Whichever came first: after the block there is no second one.
    if (opened.status !== 201) expectProblem(opened, 'ERR_SESSION')
    const again = await beside.open(token, shareId, wechatProof(key('ben'), declared, 'again'))
    expectProblem(again, 'ERR_SESSION')
  })

  test('comes back when an administrator lets them, with a new session', async () => {
    const old = await app.login('cleo')
    const id = await idOf('cleo')
    await block(id)
    const back = await unblock(id)
    expect(back.body).toMatchObject({ id, ended: 0 })
    expect(back.body).not.toHaveProperty('blockedAt')
    expectProblem(await app.call('GET', '/v1/cards', { token: old }), 'ERR_SESSION')
    expect((await logIn(beside, 'cleo')).status).toBe(201)
  })

  test('a second block changes nothing, and the audit says so', async () => {
    await app.login('dan')
    const id = await idOf('dan')
    const first = await block(id)
    app.clock.advance(60_000)
    expect((await block(id)).body.blockedAt).toBe(first.body.blockedAt)
    await unblock(id)
    await unblock(id)
    expect(await recorded('viewer.block', id)).toEqual([
      ['done', 'address=127.0.0.1 sessions=1 left'],
      ['already', 'address=127.0.0.1 sessions=0 left'],
    ])
    expect(await recorded('viewer.unblock', id)).toEqual([
      ['done', 'address=127.0.0.1 back'],
      ['already', 'address=127.0.0.1 back'],
    ])
  })

  test('does not get in by an erasure of their data', async () => {
    await app.login('eve')
    const id = await idOf('eve')
    await block(id)
    await asAdmin(app, 'POST', `viewers/${id}/erase`, { reason: 'left' })
    expectProblem(await logIn(app, 'eve'), 'ERR_LOGIN_REJECTED')
    const again = await idOf('eve')
    expect(again).not.toBe(id)
    expectProblem(await logIn(beside, 'eve'), 'ERR_LOGIN_REJECTED')
    expect((await unblock(again)).status).toBe(200)
    expect((await logIn(app, 'eve')).status).toBe(201)
  })

  test('is out of the web page, too, and a page says why', async () => {
    const page = await new WebBrowser(app).login('Fay')
    const id = await idOf('fay', WECOM)
    await block(id)
    const cards = () => page.call('GET', '/v1/cards?box=sent')
    expectProblem(await cards(), 'ERR_SESSION')
    const begun = await page.visit(`/h5/login?app=${WECOM}&to=/h5/`)
    const state = new URL(String(begun.headers['location'])).searchParams.get('state')
    const ended = await page.visit(`/h5/callback?code=Fay&state=${state}`)
    expect(ended.status).toBe(403)
    expect(ended.text).toContain('管理员已停用你的账号')
    expect(ended.headers['set-cookie']).toBeUndefined()
    expectProblem(await cards(), 'ERR_SESSION')
  })

  test('gets no command done by the bot, which says why', async () => {
    const owner = await app.login('gus', WECOM)
    const { cardId, shareId, declared } = await app.shared(owner)
    const bot = new BotSender(app, undefined, 'desk', 'gus')
    expect(JSON.stringify(await bot.say('卡片'))).toContain('Title')
    await block(await idOf('gus', WECOM))
    const told = JSON.stringify(await bot.say('收回 Title'))
    expect(told).toContain('管理员已停用你的账号')
    expect(told).not.toContain('Title')
    expect(JSON.stringify(await bot.say('cards'))).toContain('blocked your account')
    expect((await asAdmin(app, 'GET', `cards/${cardId}`)).body.status).toBe('active')
    const hal = await app.login('hal', WECOM)
    const opened = await app.open(hal, shareId, wecomProof(key('hal'), declared, 'hal'))
    expect(opened.status).toBe(201)
  })

  test('of an unknown id is not found, without a reason it is refused, and auditors may not', async () => {
    expectProblem(await block('nobody'), 'ERR_NOT_FOUND')
    expectProblem(await unblock('nobody'), 'ERR_NOT_FOUND')
    await app.login('ian')
    const id = await idOf('ian')
    expectProblem(await asAdmin(app, 'POST', `viewers/${id}/block`, {}), 'ERR_INPUT')
    await inRole(app, 'auditor', async () => expectProblem(await block(id), 'ERR_FORBIDDEN'))
    await inRole(app, 'operator', async () => expect((await block(id)).status).toBe(200))
  })
})
