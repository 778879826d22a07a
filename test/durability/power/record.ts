import path from 'node:path'
import { eventually } from '@sealcard/testing'
import { startLeanStack } from '../../support/lean-stack.js'
import { Member } from '../../support/member.js'
import type { Acknowledged } from './acknowledged.js'
import { DiskLog, type Change } from './disk-log.js'

const WRITERS = 4
/** Long, and the log short, so that it is soon copied into the database. */
const LOG = 'checkpoint_pages=200'
const text = (title: string) => `${title} `.repeat(1_200)

export interface Run {
  changes: Change[]
  acknowledged: Acknowledged[]
  /** Where the log stood when the service was ready. */
  ready: number
}

/** Cards, shares, openings and revocations by several writers, while every write and sync of the database is noted. */
export const record = async (
  library: string,
  dir: string,
  cards: number,
  env: Record<string, string> = {},
): Promise<Run> => {
  const database = path.join(dir, 'db.sqlite')
  const log = new DiskLog(path.join(dir, 'disk.log'), library, database)
  const stack = await startLeanStack({
    env: { DATABASE_URL: `sqlite:${database}?${LOG}`, ...log.env, ...env },
  })
  try {
    const ready = log.length
    const acknowledged: Acknowledged[] = []
    const done = (kind: Acknowledged['kind'], id: string, body?: string) =>
      acknowledged.push({ at: log.length, kind, id, ...(body && { body }) })
    const member = async (person: string) => {
      const one = new Member(person, 'wechat', stack.control, stack.bff.url)
      expect((await one.logIn()).status).toBe(201)
      return one
    }
    const [lin, chen] = [await member('lin'), await member('chen')]
    const live = async (n: number) => {
      const body = text(`card ${n}`)
      const card = await lin.createCard(`card ${n}`, body)
      expect(card.status).toBe(201)
      done('card', card.body.id, body)
      let share = await lin.share(card.body.id)
      // A platform that answers too late, on a busy machine, is asked again.
      const shared = async () =>
        share.status === 201 || (share = await lin.share(card.body.id)).status === 201
      await eventually(shared, { everyMs: 500 })
      done('share', share.body.id)
      if (n % 3 === 0) {
        const revoked = await lin.call('POST', `/v1/cards/${card.body.id}/revoke`)
        expect(revoked.status).toBe(200)
        done('revocation', card.body.id)
      } else if (n % 10 === 1) {
        const sent = await inTurn(async () =>
          chen.prove(await lin.send(share.body, 'wechat-lin-chen')),
        )
        const opened = await chen.open(share.body.id, sent)
        expect(opened.status).toBe(201)
        done('opening', opened.body.id)
      }
    }
    await Promise.all(
      Array.from({ length: WRITERS }, async (_, writer) => {
        for (let n = writer; n < cards; n += WRITERS) await live(n)
      }),
    )
    return { changes: log.read(), acknowledged, ready }
  } finally {
    await stack.stop()
  }
}

/** The share menu belongs to the phone: one at a time. */
let turn: Promise<unknown> = Promise.resolve()
const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
  const next = turn.then(work, work)
  turn = next.catch(() => {})
  return next
}
