import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { countCases, scale } from '@sealcard/testing'
import { inspect, type Found } from './power/acknowledged.js'
import { Disk } from './power/disk.js'
import { buildDiskLog, type Change } from './power/disk-log.js'
import { record, type Run } from './power/record.js'
import { recordCrowd } from './power/record-crowd.js'

const POINTS = scale(50, 1_000, 12)
const CARDS = scale(160, 400, 40)
const ROUNDS = scale(6, 40, 3)
const NAMES = Array.from({ length: 24 }, (_, n) => `p${n}`)
const WHOLE = { integrity: 'ok', miscounted: [], lost: [], auditFaults: [] }
/** Of the lean stack. */
const sealingKey = Buffer.alloc(32, 'e2e keyring').toString('base64')
const dir = mkdtempSync(path.join(os.tmpdir(), 'sealcard-power-'))
afterAll(() => rmSync(dir, { recursive: true, force: true }))
const library = buildDiskLog(dir)
const newDir = () => mkdtempSync(path.join(dir, 'run-'))

/** A linear congruential generator: the points repeat themselves from one seed. */
const seeded = (seed: number) => () =>
  (seed = (seed * 1_664_525 + 1_013_904_223) % 2 ** 32) / 2 ** 32

/** After which changes the power goes: everywhere, and more often while the log is copied into the database. */
const pointsOf = ({ changes, ready }: Run, count: number, random: () => number): number[] => {
  const disk = new Disk()
  const during: Record<'all' | 'checkpoint', number[]> = { all: [], checkpoint: [] }
  for (const [n, change] of changes.entries()) {
    disk.apply(change)
    if (change.end <= ready) continue
    during.all.push(n)
    if (disk.unsafe('')) during.checkpoint.push(n)
  }
  expect(during.checkpoint.length).toBeGreaterThan(0)
  return Array.from({ length: count }, (_, i) => {
    const among = during[i % 3 === 0 ? 'checkpoint' : 'all']
    return among[Math.floor(random() * among.length)] as number
  }).sort((a, b) => a - b)
}

/** Cuts the power at each point, and returns what it finds afterwards. */
const loseAt = async (
  run: Run,
  points: readonly number[],
  random: () => number,
): Promise<(Found & { point: number; expected: number })[]> => {
  const disk = new Disk()
  const found = []
  let next = 0
  for (const point of points) {
    for (; next <= point; next++) disk.apply(run.changes[next] as Change)
    const there = mkdtempSync(path.join(dir, 'after-'))
    const file = path.join(there, 'db.sqlite')
    for (const [suffix, bytes] of disk.lose(random)) writeFileSync(file + suffix, bytes)
    const { end } = run.changes[point] as Change
    const expected = run.acknowledged.filter(({ at }) => at <= end)
    found.push({ point, expected: expected.length, ...(await inspect(file, sealingKey, expected)) })
    rmSync(there, { recursive: true })
  }
  return found
}

const describeOrSkip = library ? describe : describe.skip

describeOrSkip('C2 the power goes (needs Linux and a C compiler)', () => {
  it(`C2 at ${POINTS} points: the database is whole, nothing acknowledged is lost, the audit holds`, async () => {
    countCases(POINTS)
    const run = await record(String(library), newDir(), CARDS)
    const random = seeded(20_260_102)
    const found = await loseAt(run, pointsOf(run, POINTS, random), random)
    for (const one of found) {
      expect(one).toMatchObject(WHOLE)
    }
    const most = Math.max(...found.map(({ expected }) => expected))
    expect(most).toBeGreaterThan(CARDS)
    console.info(`C2: ${POINTS} points over ${run.changes.length} changes, ≤ ${most} acknowledged`)
  }, 3_600_000)

  it(`C2 at ${POINTS} points while crowds share transactions: the same, and every view counts once`, async () => {
    countCases(POINTS)
    const run = await recordCrowd(String(library), newDir(), NAMES, ROUNDS)
    const random = seeded(20_261_128)
    const after = run.changes.findIndex(({ end }) => end > run.ready)
    expect(after).toBeGreaterThan(0)
    const points = Array.from({ length: POINTS }, () =>
      Math.floor(after + random() * (run.changes.length - after)),
    ).sort((a, b) => a - b)
    const found = await loseAt(run, points, random)
    for (const one of found) expect(one).toMatchObject(WHOLE)
    const most = Math.max(...found.map(({ expected }) => expected))
    expect(most).toBeGreaterThan(NAMES.length)
    console.info(`C2: ${POINTS} points, crowds of ${NAMES.length}, ≤ ${most} acknowledged`)
  }, 3_600_000)

  it.each(['NORMAL', 'OFF'].slice(0, scale(2, 2, 1)))(
    'C2 would be noticed: with synchronous=%s something acknowledged is lost',
    async (synchronous) => {
      const weaker = path.join(__dirname, 'power/weaker-sync.cjs')
      const env = { NODE_OPTIONS: `--require ${weaker}`, SYNCHRONOUS: synchronous }
      const run = await record(String(library), newDir(), 20, env)
      const points = [0.4, 0.7, 1].map((part) => Math.floor(part * (run.changes.length - 1)))
      // A disk that loses all that was not synced.
      const found = await loseAt(run, points, () => 0)
      expect(found.flatMap(({ lost }) => lost).length).toBeGreaterThan(0)
    },
    600_000,
  )
})
