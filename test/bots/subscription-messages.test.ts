import { rmSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { eventually } from '@sealcard/testing'
import sqlite3 from 'sqlite3'
import { startLeanStack, type LeanStack } from '../support/lean-stack.js'
import { Member } from '../support/member.js'
import { replaceFile } from '../support/replace-file.js'

const SEND = 'wechat.subscribe.send'
/** Longer than the finder waits before it reads an opening. */
const SETTLED = 31_000
const clockFile = path.join(os.tmpdir(), `sealcard-clock-${process.pid}-subscriptions`)

let stack: LeanStack
let lin: Member
let chen: Member
let ahead = 0
beforeAll(async () => {
  const preload = pathToFileURL(path.join(__dirname, '../support/quick-looks.mjs')).href
  stack = await startLeanStack({
    templates: {
      // One of the simulator's own.
      opened: {
        id: 'FAKEtemplateOpened0000000000000000000000001',
        fields: { thing1: 'title', thing2: 'who', time3: 'time' },
      },
    },
    env: { NODE_OPTIONS: `--import=${preload}`, CLOCK_AHEAD_FILE: clockFile },
  })
  lin = new Member('lin', 'wechat', stack.control, stack.bff.url)
  chen = new Member('chen', 'wechat', stack.control, stack.bff.url)
  for (const member of [lin, chen]) await member.logIn()
  // The first look begins at its present.
  await eventually(async () => (await query('SELECT 1 FROM bot_notice_cursors')).length > 0)
})
afterAll(async () => {
  await stack.stop()
  rmSync(clockFile, { force: true })
})

const query = <T>(sql: string) =>
  new Promise<T[]>((resolve, reject) => {
    const db = new sqlite3.Database(path.join(stack.dir, 'sealcard.sqlite'), sqlite3.OPEN_READONLY)
    db.all(sql, (error, rows) => {
      db.close()
      if (error) reject(error)
      else resolve(rows as T[])
    })
  })
/** Advances the time of the service, the platforms and the phones. */
const pass = async (ms: number) => {
  await stack.control.advance(ms)
  replaceFile(clockFile, String((ahead += ms)))
}
const notices = async (phone: string) =>
  (await stack.control.messagesOf(phone)).flatMap(({ lines }) => lines)

describe('a WeChat sender who accepted a message', () => {
  it('gets a service notice when the card is opened, which leads to the card', async () => {
    const { body: card } = await lin.createCard('周报', 'CANARY-BODY', 'key')
    const { body: share } = await lin.share(card.id)
    const { body } = await lin.call('GET', '/v1/me/notices')
    const asked = await lin.phone.wx('requestSubscribeMessage', {
      tmplIds: [body.templates.opened],
    })
    expect(asked).toMatchObject({ ok: true, res: { [body.templates.opened]: 'accept' } })
    const subscription = { body: { event: 'opened' } }
    const { status } = await lin.call('POST', `/v1/cards/${card.id}/subscriptions`, subscription)
    expect(status).toBe(204)
    const proof = await chen.prove(await lin.send(share, 'wechat-lin-chen'))
    expect((await chen.open(share.id, proof)).status).toBe(201)
    await pass(SETTLED)
    await eventually(async () => (await notices('lin-wechat')).length > 0)
    const [notice, ...more] = await notices('lin-wechat')
    expect(more).toEqual([])
    expect(notice).toMatchObject({
      kind: 'card',
      card: {
        horizontal_content_list: [{ keyname: 'thing1', value: '周报' }, {}, {}],
        card_action: { type: 2, pagepath: `pages/card/index?id=${card.id}` },
      },
    })
    expect(await notices('chen-wechat')).toEqual([])
    expect(await stack.control.requests(SEND)).toHaveLength(1)
    expect(JSON.stringify(notice) + stack.bff.output).not.toContain('CANARY')
  })
})
