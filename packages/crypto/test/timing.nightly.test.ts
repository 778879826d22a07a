/**
 * The time that a refusal takes says nothing about its cause. dudect's method: measure 50,000 samples of
 * each class in random order. Cut off the slowest tenth of all (interrupts, garbage collection) at
 * one common threshold. Compute Welch's t between every two classes.
 */
import { scale } from '@sealcard/testing'
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
import { Random } from './support/random.js'

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

type Makers = Record<string, () => unknown>

/** @returns nanoseconds of each class, the slowest tenth cut off. */
const sample = (open: (input: never) => unknown, makers: Makers): Float64Array[] => {
  const names = Object.keys(makers)
  // 512 inputs of each class, made in turn, held in one array and opened by one function. The garbage collector
  // moves the members of one array together. So classes differ neither by their place in memory nor by the closure
  // that the compiler saw first.
  const inputs: unknown[] = []
  for (let at = 0; at < 512; at++) for (const name of names) inputs.push(makers[name]!())
  const times = names.map(() => new Float64Array(samples))
  const filled = names.map(() => 0)
  const run = (input: unknown): number => {
    const from = process.hrtime.bigint()
    try {
      open(input as never)
    } catch {
      return Number(process.hrtime.bigint() - from)
    }
    throw new Error('was not refused')
  }
  for (let i = 0; i < 5_000 * names.length; i++) run(inputs[i % inputs.length])
  const order = new Random(1)
  for (let left = names.length * samples; left > 0;) {
    const of = order.below(names.length)
    if (filled[of] === samples) continue
    times[of]![filled[of]!++] = run(inputs[order.below(512) * names.length + of])
    left--
  }
  const all = Float64Array.from(times.flatMap((values) => [...values])).sort()
  const threshold = all[Math.floor(all.length * 0.9)]!
  return times.map((values) => values.filter((value) => value < threshold))
}

/** @returns t for every two classes. */
const compare = (open: (input: never) => unknown, makers: Makers): Record<string, number> => {
  const names = Object.keys(makers)
  const cropped = sample(open, makers)
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
    'bad padding': () => proofOfBlocks(spoiltPadding(info()), iv()),
    'random bytes': () => proofOfBlocks(random.bytes(size), iv()),
    'bad UTF-8': () => proofOf(Buffer.from(info({ chatId: 'wr\u00ff' }), 'latin1'), iv()),
    'no JSON at the start': () => proofOf(`x${info().slice(1)}`, iv()),
    'no JSON at the end': () => proofOf(`${info().slice(0, -1)}]`, iv()),
  }
  const open = (input: never) => openShareInfo(input)
  expect(worst(compare(open, classes))).toBeLessThan(limit)
})

// Sound JSON that lacks what it must hold: V8 parses one sound text a little faster than another.
// A blind change of a proof cannot produce it, so the test asserts only that the difference is small.
test('openShareInfo, sound JSON of the wrong content', () => {
  const classes = {
    'bad padding': () => proofOfBlocks(spoiltPadding(info()), iv()),
    'an empty field': () => proofOf(info({ state: 's'.repeat(51), curReceiver: '' }), iv()),
    'another type': () => proofOf(info({ chatId: 999 }), iv()),
  }
  const [first, ...others] = sample((input: never) => openShareInfo(input), classes).map(
    (values) => values.reduce((sum, value) => sum + value, 0) / values.length,
  )
  for (const mean of others) {
    console.info(`${(mean - first!).toFixed(0)} ns of ${first!.toFixed(0)} ns`)
    expect(Math.abs(mean - first!)).toBeLessThan(0.05 * first!)
  }
})

test('openActivityId', () => {
  const id = '1151_'.padEnd(85, 'x')
  const classes = {
    'bad padding': () => proofOfBlocks(spoiltPadding(id), iv()),
    'random bytes': () => proofOfBlocks(random.bytes(96), iv()),
    'a control character': () => proofOf(`\n${id.slice(1)}`, iv()),
    'bad UTF-8': () => proofOf(Buffer.from(`${id.slice(1)}\u00ff`, 'latin1'), iv()),
  }
  const open = (input: never) => openActivityId(input)
  expect(worst(compare(open, classes))).toBeLessThan(limit)
})

test('openData', () => {
  const appid = 'wx4f4bc4dec97d474b'
  const data = (watermark: unknown) =>
    JSON.stringify({ openGId: 'tGROUPxxxxxxxxxxxxxxxxxxxxxx', watermark })
  const sound = data({ timestamp: now, appid })
  const classes = {
    'bad padding': () => proofOfBlocks(spoiltPadding(sound), iv()),
    'random bytes': () => proofOfBlocks(random.bytes(pad(Buffer.from(sound), 16).length), iv()),
    'no JSON': () => proofOf(`${sound.slice(0, -1)}]`, iv()),
    'another app': () => proofOf(data({ timestamp: now, appid: 'wx4f4bc4dec97d474c' }), iv()),
    stale: () => proofOf(data({ timestamp: now - 301, appid }), iv()),
  }
  const open = (input: never) => openData(input, { appid, now })
  expect(worst(compare(open, classes))).toBeLessThan(limit)
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
    'bad last byte': spoil(1, 200),
    'bad padding byte': spoil(2, 200),
    'msg_len too large': () => callbackOfBlocks(pad(frameOf(text, bot.receiveId, 2 ** 31), 32)),
    'msg_len too small': () => callbackOfBlocks(pad(frameOf(text, bot.receiveId, 1), 32)),
    'another receiveId': () => callbackOfBlocks(pad(frameOf(text, 'ww1436e0e65a779aex'), 32)),
    'bad UTF-8': () => callbackOf(Buffer.from(`\u00ff${text.slice(1)}`, 'latin1')),
  }
  const open = (input: never) => openCallback(key, input, { now })
  expect(worst(compare(open, classes))).toBeLessThan(limit)
})
