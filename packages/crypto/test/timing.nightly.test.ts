/**
 * The time that a refusal takes says nothing about its cause. dudect's method: 50,000 samples of
 * each class in random order, the slowest tenth of all (interrupts, garbage collection) cut off at
 * one common threshold, Welch's t between every two classes.
 */
import {
  createCallbackKey,
  openActivityId,
  openCallback,
  openData,
  openShareInfo,
} from '../src/index.js'
import {
  bot,
  callbackOf,
  callbackOfBlocks,
  frameOf,
  now,
  pad,
  proofOf,
  proofOfBlocks,
} from './support/make.js'
import { outcome } from './support/refusal.js'
import { Random } from './support/random.js'
import { scale } from './support/scale.js'

const samples = scale(2_000, 50_000)
jest.setTimeout(1_800_000)

const welch = (a: Float64Array, b: Float64Array): number => {
  const of = (values: Float64Array) => {
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length
    const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0)
    return { mean, error: squares / (values.length - 1) / values.length }
  }
  const [x, y] = [of(a), of(b)]
  return (x.mean - y.mean) / Math.sqrt(x.error + y.error)
}

/** @returns t for every two classes that differ by more than chance allows. */
const compare = (classes: Record<string, () => unknown>): Record<string, number> => {
  const names = Object.keys(classes)
  const times = names.map(() => new Float64Array(samples))
  const filled = names.map(() => 0)
  const random = new Random(1)
  for (const name of names) for (let i = 0; i < 5_000; i++) outcome(classes[name]!)
  const run = (work: () => unknown) => {
    const from = process.hrtime.bigint()
    try {
      work()
    } catch {
      return Number(process.hrtime.bigint() - from)
    }
    throw new Error('was not refused')
  }
  for (let left = names.length * samples; left > 0;) {
    const at = random.below(names.length)
    if (filled[at] === samples) continue
    times[at]![filled[at]!++] = run(classes[names[at]!]!)
    left--
  }
  const all = Float64Array.from(times.flatMap((values) => [...values])).sort()
  const threshold = all[Math.floor(all.length * 0.9)]!
  const cropped = times.map((values) => values.filter((value) => value < threshold))
  const found: Record<string, number> = {}
  for (let a = 0; a < names.length; a++) {
    for (let b = 0; b < a; b++) found[`${names[b]} / ${names[a]}`] = welch(cropped[b]!, cropped[a]!)
  }
  return found
}

const worst = (found: Record<string, number>) => {
  const pairs = Object.entries(found).sort((x, y) => Math.abs(y[1]) - Math.abs(x[1]))
  const shown = pairs.slice(0, 5).map(([pair, t]) => `${t.toFixed(2)} (${pair})`)
  console.info(`${expect.getState().currentTestName}: worst t ${shown.join(', ')}`)
  return Math.abs(pairs[0]![1])
}

const limit = 4.5
const random = new Random(5)
// Many inputs of each class, so that no class is one lucky ciphertext.
const many = <T>(make: (at: number) => T): (() => T) => {
  const made = Array.from({ length: 64 }, (_, at) => make(at))
  let at = 0
  return () => made[at++ & 63]!
}
const iv = () => random.bytes(16)
const info = (more: object = {}) =>
  JSON.stringify({ chatId: 'wrG', state: 's'.repeat(43), curReceiver: 'zhangsan', ...more })
const size = Math.ceil(info().length / 16) * 16

const spoiltPadding = (text: string) => {
  const blocks = pad(Buffer.from(text), 16)
  blocks[blocks.length - 1] = 77
  return blocks
}

test('openShareInfo', () => {
  const classes = {
    'bad padding': many(() => proofOfBlocks(spoiltPadding(info()), iv())),
    'random bytes': many(() => proofOfBlocks(random.bytes(size), iv())),
    'bad UTF-8': many(() => proofOf(Buffer.from(info({ chatId: 'wr\u00ff' }), 'latin1'), iv())),
    'no JSON at the start': many(() => proofOf(`x${info().slice(1)}`, iv())),
    'no JSON at the end': many(() => proofOf(`${info().slice(0, -1)}]`, iv())),
    'a field of another type': many(() => proofOf(info({ chatId: 999 }), iv())),
    'an empty field': many(() => proofOf(info({ curReceiver: '', chatId: 'wrGzhangsan' }), iv())),
  }
  const works = Object.entries(classes).map(([name, next]) => [name, () => openShareInfo(next())])
  expect(worst(compare(Object.fromEntries(works)))).toBeLessThan(limit)
})

test('openActivityId', () => {
  const id = '1151_'.padEnd(85, 'x')
  const classes = {
    'bad padding': many(() => proofOfBlocks(spoiltPadding(id), iv())),
    'random bytes': many(() => proofOfBlocks(random.bytes(96), iv())),
    'a control character': many(() => proofOf(`\n${id.slice(1)}`, iv())),
    'bad UTF-8': many(() => proofOf(Buffer.from(`${id.slice(1)}\u00ff`, 'latin1'), iv())),
  }
  const works = Object.entries(classes).map(([name, next]) => [name, () => openActivityId(next())])
  expect(worst(compare(Object.fromEntries(works)))).toBeLessThan(limit)
})

test('openData', () => {
  const appid = 'wx4f4bc4dec97d474b'
  const data = (watermark: unknown) =>
    JSON.stringify({ openGId: 'tGROUPxxxxxxxxxxxxxxxxxxxxxx', watermark })
  const sound = data({ timestamp: now, appid })
  const classes = {
    'bad padding': many(() => proofOfBlocks(spoiltPadding(sound), iv())),
    'random bytes': many(() =>
      proofOfBlocks(random.bytes(pad(Buffer.from(sound), 16).length), iv()),
    ),
    'no JSON': many(() => proofOf(`${sound.slice(0, -1)}]`, iv())),
    'another app': many(() => proofOf(data({ timestamp: now, appid: 'wx4f4bc4dec97d474c' }), iv())),
    stale: many(() => proofOf(data({ timestamp: now - 301, appid }), iv())),
  }
  const works = Object.entries(classes).map(([name, next]) => [
    name,
    () => openData(next(), { appid, now }),
  ])
  expect(worst(compare(Object.fromEntries(works)))).toBeLessThan(limit)
})

test('openCallback, once the signature is right', () => {
  const key = createCallbackKey(bot)
  const text = 'x'.repeat(200)
  const spoil = (at: number, value: number) => () => {
    const padded = pad(frameOf(text), 32)
    padded[padded.length - at] = value
    return callbackOfBlocks(padded)
  }
  const classes = {
    'bad last byte': many(spoil(1, 200)),
    'bad padding byte': many(spoil(2, 200)),
    'msg_len too large': many(() =>
      callbackOfBlocks(pad(frameOf(text, bot.receiveId, 2 ** 31), 32)),
    ),
    'msg_len too small': many(() => callbackOfBlocks(pad(frameOf(text, bot.receiveId, 1), 32))),
    'another receiveId': many(() => callbackOfBlocks(pad(frameOf(text, 'ww1436e0e65a779aex'), 32))),
    'bad UTF-8': many(() => callbackOf(Buffer.from(`\u00ff${text.slice(1)}`, 'latin1'))),
  }
  const works = Object.entries(classes).map(([name, next]) => [
    name,
    () => openCallback(key, next(), { now }),
  ])
  expect(worst(compare(Object.fromEntries(works)))).toBeLessThan(limit)
})
