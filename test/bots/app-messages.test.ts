import { rmSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { eventually } from '@sealcard/testing'
import sqlite3 from 'sqlite3'
import { startLeanStack, type LeanStack } from '../support/lean-stack.js'
import { Member } from '../support/member.js'
import { replaceFile } from '../support/replace-file.js'

const KEYS = {
  token: 'TokenOfTheDesk0000000001',
  encodingAesKey: 'Zq3t6w9zCbFjNcRfUjXn2r5u7xADGKaPdSgVkYp3s6v',
}
const SEND = 'wecom.message.send'
/** Longer than the finder waits before it reads an opening. */
const SETTLED = 31_000
const clockFile = path.join(os.tmpdir(), `sealcard-clock-${process.pid}-messages`)

let stack: LeanStack
let lin: Member
let chen: Member
let ahead = 0
beforeAll(async () => {
  const preload = pathToFileURL(path.join(__dirname, '../support/quick-looks.mjs')).href
  const notices = { by: 'app-message', firstOpening: true, refusedAttempts: true }
  stack = await startLeanStack({
    config: { bots: [{ id: 'desk', app: 'demo-wecom', ...KEYS, notices }] },
    env: { NODE_OPTIONS: `--import=${preload}`, CLOCK_AHEAD_FILE: clockFile },
  })
  lin = new Member('lin', 'wecom', stack.control, stack.bff.url)
  chen = new Member('chen', 'wecom', stack.control, stack.bff.url)
  for (const member of [lin, chen]) await member.logIn()
  await eventually(async () => (await query('SELECT 1 FROM bot_notice_cursors')).length > 0)
})
afterEach(() => stack.control.clearFaults())
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
const opened = async (title: string) => {
  const { body: card } = await lin.createCard(title, 'CANARY-BODY', `key-${ahead}`)
  const { status, body: share } = await lin.share(card.id)
  expect([status, share.code]).toEqual([201, undefined])
  const proof = await chen.prove(await lin.send(share, 'wecom-lin-chen'))
  expect((await chen.open(share.id, proof)).status).toBe(201)
  await pass(SETTLED)
}
const texts = async (phone: string) =>
  (await stack.control.messagesOf(phone)).flatMap(({ lines }) =>
    lines.map((line) => ('text' in line ? line.text : '')),
  )
const calls = async () => (await stack.control.requests(SEND)).length

describe('notices by messages of the app, on the phones of a simulated WeCom', () => {
  it('appear on the owner’s phone when the card is opened, and on no other', async () => {
    await opened('周报')
    await eventually(async () => (await texts('lin-wecom')).length > 0)
    const [text, ...more] = await texts('lin-wecom')
    expect(text).toMatch(
      /^封笺 .+\n“周报”在 .+ 第一次被打开：陈默 Chen Mo [0-9A-Z]{6}。\n详情请在小程序里查看。$/,
    )
    expect(more).toEqual([])
    for (const phone of ['chen-wecom', 'zhou-wecom', 'lin-wechat'])
      expect(await texts(phone)).toEqual([])
    expect(await calls()).toBe(1)
    expect(stack.bff.output).not.toMatch(/LinXiao|CANARY|周报/)
  })

  it.each([
    ['503', { kind: 'status', status: 503 }],
    ['a delivery whose answer is lost', { kind: 'reset', executed: true }],
  ] as const)('arrive once after %s', async (name, fault) => {
    const before = await calls()
    await stack.control.fault(SEND, fault)
    await opened(name)
    await eventually(async () => (await calls()) > before)
    // The service has seen the failure. Only then does the test advance the time to the next try.
    const tried = "SELECT 1 FROM bot_notices WHERE state = 'waiting' AND attempts > 0"
    await eventually(async () => (await query(tried)).length > 0)
    await pass(60_000)
    await eventually(async () => (await calls()) > before + 1)
    await eventually(async () => (await texts('lin-wecom')).some((text) => text.includes(name)))
    expect((await texts('lin-wecom')).filter((text) => text.includes(name))).toHaveLength(1)
  })

  it.each([
    ['has taken it', true],
    ['has not taken it', false],
  ])('are never sent twice after kill -9 while the platform %s', async (name, executed) => {
    const before = await calls()
    await stack.control.fault(SEND, { kind: 'black-hole', executed })
    await opened(name)
    await eventually(async () => (await calls()) === before + 1)
    await stack.bff.stop('SIGKILL')
    expect(await query("SELECT 1 FROM bot_notices WHERE state = 'sending'")).not.toEqual([])
    await stack.control.clearFaults()
    await stack.bff.start()
    await pass(15 * 60_000)
    // A later notice arrives, so the service has dealt with all earlier ones.
    await opened(`之后 ${executed}`)
    const after = (all: string[]) => all.some((text) => text.includes(`之后 ${executed}`))
    await eventually(async () => after(await texts('lin-wecom')))
    expect(await calls()).toBe(before + 2)
    const told = (await texts('lin-wecom')).filter((text) => text.includes(name))
    expect(told).toHaveLength(executed ? 1 : 0)
  })
})
