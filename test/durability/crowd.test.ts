import { execFile } from 'node:child_process'
import path from 'node:path'
import { promisify } from 'node:util'
import { countCases, eventually, scale } from '@sealcard/testing'
import sqlite3 from 'sqlite3'
import { startLeanStack, type LeanStack } from '../support/lean-stack.js'
import { Crowd, type Deed, DONE, replyIn, startCrowdPlatform } from './crowd.js'

const cli = path.resolve(__dirname, '../../apps/bff/dist/cli.js')
const KILLS = scale(4, 200, 2)
const NAMES = Array.from({ length: 24 }, (_, n) => `p${n}`)
/** Proofs of each person in one round. */
const PROOFS = 2
/** So short that the log is copied into the database between the transactions of every crowd. */
const SHORT_LOG = '?checkpoint_pages=20'

let platform: Awaited<ReturnType<typeof startCrowdPlatform>>
let stack: LeanStack
let crowd: Crowd

beforeAll(async () => {
  platform = await startCrowdPlatform()
  stack = await startLeanStack({ config: platform.config, databaseOptions: SHORT_LOG })
  crowd = new Crowd(stack.bff, NAMES)
  await crowd.gather()
})
afterAll(async () => {
  await stack.stop()
  platform.stop()
})

/** A linear congruential generator: the moments of the kills repeat themselves from one seed. */
const seeded = (seed: number) => () =>
  (seed = (seed * 1_664_525 + 1_013_904_223) % 2 ** 32) / 2 ** 32

/** @param options of the file's URI */
const query = <T>(sql: string, options = '') =>
  new Promise<T[]>((resolve, reject) => {
    const file = `file:${path.join(stack.dir, 'sealcard.sqlite')}${options}`
    const db = new sqlite3.Database(file, sqlite3.OPEN_READONLY | sqlite3.OPEN_URI)
    db.all(sql, (error, rows) => {
      db.close()
      if (error) reject(error)
      else resolve(rows as T[])
    })
  })

/** A dead service shows as a failed fetch; anything else is a finding. */
const onlyTheCrash = (error: unknown) => {
  if (!/^(fetch failed|terminated)$/.test((error as Error).message)) throw error
}

/** All at once. The service is killed when so many have their answers. */
const killDuring = async (deeds: readonly Deed[], answers: number): Promise<void> => {
  let [answered, killed] = [0, Promise.resolve()]
  const sent = deeds.map(async (deed) => {
    const { status, text } = await deed.send()
    expect([deed.kind, status]).toEqual([deed.kind, DONE[deed.kind]])
    deed.text = text
    if (++answered === answers) killed = stack.bff.stop('SIGKILL')
  })
  await Promise.all(sent.map((each) => each.catch(onlyTheCrash)))
  await killed
}

/** What was acknowledged is there. What was not is done by the same request, once. @returns each opening’s id */
const check = async (deeds: readonly Deed[]): Promise<{ name: string; id: string }[]> => {
  const openings: { name: string; id: string }[] = []
  await Promise.all(
    deeds.map(async ({ kind, name, text, send }) => {
      if (kind === 'session') {
        if (text === undefined) return
        const { token } = JSON.parse(text)
        expect((await crowd.ask('GET', '/v1/cards?box=sent', { token })).status).toBe(200)
        return
      }
      const again = await send()
      expect([kind, again.status]).toEqual([kind, DONE[kind]])
      if (text !== undefined) expect([kind, again.text]).toEqual([kind, text])
      if (kind === 'opening') openings.push({ name, id: JSON.parse(again.text).id })
      // On a busy machine the answer comes later, in a stream.
      if (kind === 'callback') expect(replyIn(again.text)).toMatch(/template_card|stream/)
    }),
  )
  return openings
}

it(
  `C1 kill -9 while crowds share transactions, ${KILLS} times: nothing acknowledged is lost, no view counts twice`,
  async () => {
    const tell = countCases(KILLS)
    const random = seeded(20_261_128)
    let unanswered = 0
    let opened: { name: string; id: string }[] = []
    for (let kill = 0; kill < KILLS; kill++) {
      const deeds: Deed[] = NAMES.flatMap((name) => [
        ...Array.from({ length: PROOFS }, () => crowd.opens(name)),
        crowd.logsIn(name),
        crowd.writes(name),
      ])
      // The openings of the round before are acknowledged now.
      deeds.push(...opened.map(({ name, id }) => crowd.acknowledges(name, id)))
      await killDuring(deeds, 1 + Math.floor(random() * NAMES.length * 2))
      unanswered += deeds.filter(({ text }) => text === undefined).length
      await stack.bff.start()
      opened = await check(deeds)
      tell(kill + 1)
    }
    const rounds = KILLS * PROOFS
    const { text } = await crowd.ask('GET', `/v1/cards/${crowd.cardId}`, { token: crowd.owner })
    expect(JSON.parse(text).openings).toMatchObject({
      total: rounds * NAMES.length,
      viewers: NAMES.length,
      refused: 0,
    })
    const each = `SELECT count(*) AS n FROM card_viewers WHERE opens = ${rounds}`
    expect(await query(each)).toEqual([{ n: NAMES.length }])
    const messages = 'SELECT count(*) AS n FROM bot_callbacks WHERE message_key IS NOT NULL'
    expect(await query(messages)).toEqual([{ n: KILLS * NAMES.length }])
    const acknowledged = `SELECT count(*) AS n FROM card_viewers WHERE acknowledged_at IS NOT NULL`
    expect(await query(acknowledged)).toEqual([{ n: NAMES.length }])
    const told = `SELECT count(*) AS n FROM audit_entries WHERE kind = 'opening.acknowledge'`
    expect(await query(told)).toEqual([{ n: NAMES.length }])
    // The database without its log: most of it was copied while the crowds wrote. The last copy may still be under way.
    // Then this read finds a file that is half written, and fails.
    const copied = () =>
      query<{ n: number }>('SELECT count(*) AS n FROM openings', '?immutable=1').then(
        ([row]) => row?.n ?? 0,
        () => 0,
      )
    await eventually(async () => (await copied()) > (rounds * NAMES.length) / 2)
    // The members of a group have one time.
    const [largest] = await query<{ n: number }>(
      'SELECT count(*) AS n FROM openings GROUP BY at ORDER BY n DESC LIMIT 1',
    )
    expect(largest?.n).toBeGreaterThan(1)
    const { env } = stack.bff
    await promisify(execFile)(process.execPath, [cli, 'audit', 'verify'], { env })
    console.info(`C1: ${KILLS} kills, ${unanswered} unanswered, ${largest?.n} in one group`)
  },
  scale(300_000, 6 * 3_600_000),
)
