import { createCipheriv } from 'node:crypto'
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { deriveTicketKey, ticketKeyDerivations, type TicketKeyDerivation } from '@sealcard/crypto'
import { PLATFORMS } from '../../../../src/platforms/all-platforms.js'
import { runCommand } from '../../../../src/tools/cli/run.js'
import { words } from '../../../../src/tools/doctor/h5/words.js'

interface Vectors {
  readonly ticket: string
  readonly iv: string
  readonly plaintext: string
  readonly vectors: readonly {
    readonly derivation: TicketKeyDerivation
    readonly key: string
    readonly encryptedData: string
  }[]
}
/** Known answers that were computed apart from our code. */
const known = JSON.parse(
  readFileSync(
    path.resolve(__dirname, '../../../../../../packages/crypto/test/vectors/ticket-keys.json'),
    'utf8',
  ),
) as Vectors
const { ticket, iv } = known
const OTHER_TICKET = 'A'.repeat(85) + 'Q'
/** Its first 22 characters hold neither - nor _, so two readings give one key. */
const AMBIGUOUS = `abcdefghijklmnopqrstuvwxyz${ticket.slice(26)}`

type Files = Record<string, object | string>

const run = async (files: Files, args: readonly string[] = [], typed: string | null = null) => {
  const told = { out: '', err: '', asked: 0 }
  const ask = async () => {
    told.asked += 1
    return typed
  }
  const code = await runCommand(
    {
      config: () => {
        throw new Error('a sample with its ticket needs no configuration')
      },
      platforms: PLATFORMS,
      clock: { now: () => 0, elapsed: () => 0 },
      stdout: { write: (text: string) => void (told.out += text) },
      stderr: { write: (text: string) => void (told.err += text) },
      passwords: { ask, readAll: async () => '' },
      readFile: (name) => {
        const file = files[name]
        if (file === undefined) throw Object.assign(new Error(name), { code: 'ENOENT' })
        return Buffer.from(typeof file === 'string' ? file : JSON.stringify(file))
      },
    },
    ['doctor', 'h5', ...Object.keys(files).flatMap((name) => ['--sample', name]), ...args],
  )
  for (const secret of secretsOf(files, typed)) expect(told.out + told.err).not.toContain(secret)
  return { code, ...told }
}

/** Tickets, every key of theirs, and what the plaintext says. */
const secretsOf = (files: Files, typed: string | null): string[] => {
  const given = Object.values(files).flatMap((file) =>
    typeof file === 'string' ? [] : Object.entries(file),
  )
  const tickets = given.filter(([name]) => /ticket/i.test(name)).map(([, value]) => String(value))
  const all = [...tickets, ...(typed === null ? [] : [typed]), ticket]
  const keys = all.flatMap((one) =>
    ticketKeyDerivations.flatMap((derivation) => {
      try {
        const key = deriveTicketKey(one, derivation)
        return [key, Buffer.from(key, 'base64').toString('hex')]
      } catch {
        return []
      }
    }),
  )
  return [...all, ...keys, 'st-1', 'zhangsan', 'the-chat', 'st-2', 'lisi']
}

const sealed = (derivation: TicketKeyDerivation, plaintext: string | Buffer, from = ticket) => {
  const key = Buffer.from(deriveTicketKey(from, derivation), 'base64')
  const cipher = createCipheriv(`aes-${key.length * 8}-cbc`, key, Buffer.from(iv, 'base64'))
  const bytes = Buffer.concat([cipher.update(plaintext), cipher.final()])
  return { encryptedData: bytes.toString('base64'), iv, ticket: from }
}
const proof = (change: object = {}) =>
  JSON.stringify({ chatId: 'the-chat', state: 'st-1', curReceiver: 'zhangsan', ...change })

test('every derivation has a known answer', () => {
  expect(known.vectors.map(({ derivation }) => derivation)).toEqual(ticketKeyDerivations)
})

describe.each(known.vectors)(
  'a platform that uses $derivation',
  ({ derivation, encryptedData }) => {
    const sample = { encryptedData, iv, ticket }

    test('is found out by one sample, and by no other derivation', async () => {
      const { code, out } = await run({ 's.json': sample }, ['--json'])
      const { well, verdict, trials } = JSON.parse(out)
      expect({ code, well, verdict }).toEqual({
        code: 0,
        well: true,
        verdict: { kind: 'found', derivation },
      })
      const hits = trials.filter(({ outcome }: { outcome: string }) => outcome === 'hit')
      expect(hits).toEqual([
        {
          material: 'ticket',
          reading: derivation,
          outcome: 'hit',
          fields: ['chatId', 'state', 'curReceiver'],
        },
      ])
    })

    test.each(['zh', 'en'] as const)('is told in %s with what to do', async (language) => {
      const { code, out } = await run({ 's.json': sample }, ['--lang', language])
      expect(code).toBe(0)
      expect(out).toContain(words[language].result.found(derivation))
      expect(out).toContain(words[language].todo.set(derivation))
      const line = out.split('\n').find((one) => one.includes(words[language].outcomes.hit))
      expect(line).toContain(derivation)
      expect(line).toContain('(chatId, state, curReceiver)')
    })

    test('is not found out by another ticket', async () => {
      const { code, out } = await run({ 's.json': { ...sample, ticket: OTHER_TICKET } }, ['--json'])
      expect(code).toBe(1)
      expect(JSON.parse(out)).toMatchObject({ well: false, verdict: { kind: 'none' } })
    })
  },
)

describe('a sample that is not the expected one', () => {
  test.each([
    ['another state', { state: 'st-2' }, 'other state'],
    ['another receiver', { curReceiver: 'lisi' }, 'other receiver'],
  ])('%s is no hit', async (_, expected, outcome) => {
    const file = { ...sealed('url16', proof()), ...expected }
    const { code, out } = await run({ 's.json': file }, ['--json'])
    expect(code).toBe(1)
    expect(JSON.parse(out)).toMatchObject({
      well: false,
      verdict: { kind: 'other sample', trial: { reading: 'url16', outcome } },
    })
  })

  test('the declared state and the receiver are one, whatever the case of the userid', async () => {
    const file = { ...sealed('url16', proof()), state: 'st-1', curReceiver: 'ZhangSan' }
    expect((await run({ 's.json': file })).code).toBe(0)
  })

  test.each([
    ['a proof without state', proof({ state: undefined }), 'no proof'],
    ['a proof with an empty receiver', proof({ curReceiver: '' }), 'no proof'],
    [
      'a proof with a field twice',
      '{"state":"a","state":"st-1","curReceiver":"zhangsan"}',
      'refused',
    ],
    ['a proof longer than the service takes', proof({ more: 'x'.repeat(400) }), 'refused'],
    ['text that is no JSON', 'not JSON at all', 'text'],
    ['JSON that is no object', '[1]', 'text'],
    ['bytes that are no text', Buffer.from([0xff, 0xfe, 1]), 'padding'],
  ])('%s opens nothing, and the report says why', async (_, plaintext, outcome) => {
    const { code, out } = await run({ 's.json': sealed('url16', plaintext) }, ['--json'])
    expect(code).toBe(1)
    const { trials } = JSON.parse(out)
    expect(trials[0]).toMatchObject({ reading: 'url16', outcome })
    expect(trials.slice(2).map((one: { outcome: string }) => one.outcome)).not.toContain('hit')
  })

  test('names of fields that could be content are not shown', async () => {
    const secretName = 'state of zhangsan'
    const { out } = await run({
      's.json': sealed('url16', proof({ [secretName]: 1, watermark: {} })),
    })
    expect(out).toContain('(chatId, state, curReceiver, ?, watermark)')
    expect(out).not.toContain(secretName)
  })
})

test('two derivations that give one key are told apart by a second sample', async () => {
  const one = sealed('skip16', proof(), AMBIGUOUS)
  const first = await run({ 'a.json': one }, ['--json'])
  expect(first.code).toBe(1)
  expect(JSON.parse(first.out).verdict).toEqual({
    kind: 'ambiguous',
    derivations: ['url16', 'skip16'],
  })
  const both = await run({ 'a.json': one, 'b.json': sealed('skip16', proof()) }, ['--json'])
  expect(both.code).toBe(0)
  expect(JSON.parse(both.out).verdict).toEqual({ kind: 'found', derivation: 'skip16' })
})

test('a key out of the corp’s ticket is reported, and is no value for the configuration', async () => {
  const file = { ...sealed('url16', proof(), OTHER_TICKET), ticket, corpTicket: OTHER_TICKET }
  const { code, out } = await run({ 's.json': file }, ['--json'])
  expect(code).toBe(1)
  expect(JSON.parse(out).verdict).toEqual({
    kind: 'other material',
    material: 'corp ticket',
    reading: 'url16',
  })
})

test('a report without a hit names the client and the length, so that it can be filed', async () => {
  const client =
    'Mozilla/5.0 (Linux; Android 14) wxwork/4.1.30 MicroMessenger/7.0.1 \u001b[31m Language/zh'
  const { out } = await run({
    's.json': { ...sealed('url16', proof()), ticket: OTHER_TICKET, client },
  })
  expect(out).toContain('64 bytes of ciphertext, from WeCom 4.1.30, Android')
  expect(out).not.toContain('\u001b')
  expect(out).toContain(words.en.todo.report)
})

describe('the ticket', () => {
  const { ticket: _, ...bare } = sealed('url16', proof())

  test('is asked for on a terminal where the file has none', async () => {
    const { code, asked } = await run({ 's.json': bare }, [], `${ticket}\n`)
    expect({ code, asked }).toEqual({ code: 0, asked: 1 })
  })

  test('is not asked for where the file has it', async () => {
    expect((await run({ 's.json': { ...bare, ticket } })).asked).toBe(0)
  })

  test('cannot be asked for without a terminal', async () => {
    const { code, err } = await run({ 's.json': bare })
    expect(code).toBe(2)
    expect(err).toContain(words.en.noTicket)
  })

  test('of too few bytes gives no key', async () => {
    const { code, out } = await run({ 's.json': { ...bare, ticket: 'c2hvcnQ' } }, ['--json'])
    expect(code).toBe(1)
    const { trials } = JSON.parse(out)
    expect(new Set(trials.map((one: { outcome: string }) => one.outcome))).toEqual(
      new Set(['too short']),
    )
  })
})

describe('a mistake is named, and nothing of the file is quoted', () => {
  const whole = sealed('url16', proof())
  test.each([
    ['no sample', {}, [], '--app or --sample is missing'],
    ['another language', { 's.json': whole }, ['--lang', 'fr'], '--lang must be zh or en'],
    ['no JSON', { 's.json': `{"iv": ${ticket}}` }, [], 's.json is not JSON: line 1, column 8'],
    ['no iv', { 's.json': { ...whole, iv: undefined } }, [], 's.json: iv: '],
    ['an unknown key', { 's.json': { ...whole, key: 'x' } }, [], 's.json: key: unknown key'],
    [
      'an iv of 15 bytes',
      { 's.json': { ...whole, iv: 'AAAAAAAAAAAAAAAAAAAA' } },
      [],
      's.json: iv: ',
    ],
    [
      'half a block',
      { 's.json': { ...whole, encryptedData: 'AAAAAAAAAAA=' } },
      [],
      's.json: encryptedData: ',
    ],
    [
      'base64 of another alphabet',
      { 's.json': { ...whole, encryptedData: '-'.repeat(64) } },
      [],
      's.json: encryptedData: ',
    ],
  ] as [string, Files, string[], string][])('%s', async (_, files, args, message) => {
    const { code, out, err } = await run(files, args)
    expect({ code, out }).toEqual({ code: 2, out: '' })
    expect(err).toContain(message)
  })

  test('a file that is not there', async () => {
    const { code, err } = await run({}, ['--sample', 'none.json'])
    expect(code).toBe(2)
    expect(err).toContain("can't read none.json (ENOENT): there is no such file")
  })
})
