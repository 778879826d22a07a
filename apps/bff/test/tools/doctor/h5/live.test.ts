import { createCipheriv, randomBytes } from 'node:crypto'
import { deriveTicketKey, ticketKeyDerivations, type TicketKeyDerivation } from '@sealcard/crypto'
import { InstantTimers } from '@sealcard/testing'
import { AuditEntryEntity } from '../../../../src/audit/audit.entities.js'
import { Vault } from '../../../../src/core/crypto/vault.js'
import { SystemRandom } from '../../../../src/core/ports/random.js'
import {
  DoctorRunEntity,
  RUN_OPEN_MS,
} from '../../../../src/members/web-doctor/doctor-run.entity.js'
import { DoctorRuns, type GivenSample } from '../../../../src/members/web-doctor/doctor-runs.js'
import { ViewerRepository } from '../../../../src/members/sessions/viewer.repository.js'
import { PLATFORMS } from '../../../../src/platforms/all-platforms.js'
import type { TicketKind } from '../../../../src/platforms/registry/web-platform.js'
import { WebTicketStore } from '../../../../src/platforms/web-tickets/web-ticket.store.js'
import type { WecomAppConfig } from '../../../../src/platforms/wecom/wecom-app.js'
import { doctorH5Command } from '../../../../src/tools/cli/doctor-h5.js'
import { words } from '../../../../src/tools/doctor/h5/words.js'
import { testConfig, WECOM } from '../../../kit/config.js'
import { key } from '../../../kit/proofs.js'
import { TestApp } from '../../../kit/test-app.js'

const ORIGIN = 'https://cards.example.com'
/** Letters of base64url, 64 bytes, with - and _ near the beginning: no two readings agree. */
const ticketNamed = (name: string) => `-_${Buffer.from(name.padEnd(62)).toString('base64url')}Q`

let app: TestApp
let configured: TicketKeyDerivation | 'unverified'
let opener: string
/** When the newest ticket was fetched. */
let keptAt: number
const CURRENT = ticketNamed('the newest')
const PREVIOUS = ticketNamed('the one before')
const CORP = ticketNamed('of the corp')

beforeAll(async () => {
  app = await TestApp.start()
  await app.login('bob', WECOM)
  opener = await app.nest.get(ViewerRepository).idOf(wecomApp(), 'bob')
  await keep('agent', PREVIOUS)
  app.clock.advance(60_000)
  await keep('agent', CURRENT)
  keptAt = app.clock.now()
  await keep('corp', CORP)
})
beforeEach(() => {
  configured = 'unverified'
})
afterAll(() => app.stop())

const config = () => {
  const all = testConfig(String(app.storage.options.database))
  const h5 = { origin: ORIGIN, keyDerivation: configured } as WecomAppConfig['h5']
  const apps = all.apps.map((one) => (one.id === WECOM ? { ...one, h5 } : one))
  return { ...all, apps }
}
const wecomApp = () => config().apps.find(({ id }) => id === WECOM)!

const keep = async (kind: TicketKind, token: string) => {
  const store = new WebTicketStore(app.storage, app.nest.get(Vault), new SystemRandom())
  const [id, now] = [`${WECOM}:${kind}`, app.clock.now()]
  await store.claim(id, now)
  const times = { fetchedAt: now, refreshAt: now + 6_000_000, expiresAt: now + 7_200_000 }
  await store.write(id, { token, ...times }, now)
  await store.release(id)
}

const runs = () => new DoctorRuns(app.storage, app.nest.get(Vault), app.clock, new SystemRandom())

/** What the platform would hand the opener. */
const sampleOf = (keyText: string, change: object): GivenSample => {
  const bytes = Buffer.from(keyText, 'base64')
  const iv = randomBytes(16)
  const cipher = createCipheriv(`aes-${bytes.length * 8}-cbc`, bytes, iv)
  const plain = JSON.stringify({ chatId: 'the-chat', curReceiver: 'bob', ...change })
  const encryptedData = Buffer.concat([cipher.update(plain), cipher.final()]).toString('base64')
  const client = 'Mozilla/5.0 (iPhone) wxwork/4.1.30 MicroMessenger/7.0.1'
  return { encryptedData, iv: iv.toString('base64'), client, viewerId: opener }
}

type Act = (run: { id: string; state: string; looked: number }) => Promise<unknown>

/** The doctor, while `act` happens between two of its looks. */
const live = async (act: Act, ...args: string[]) => {
  const told = { out: '', err: '' }
  let looked = 0
  let state = ''
  const timers = new InstantTimers((ms) => app.clock.advance(ms))
  const sleep = async (ms: number) => {
    const id = /\?doctor=(\w{22})\n/.exec(told.err)?.[1] ?? ''
    state = (await runs().state(id, WECOM)) ?? state
    await act({ id, state, looked: looked++ })
    await timers.sleep(ms)
  }
  const code = await doctorH5Command({ after: (ms, fn) => timers.after(ms, fn), sleep }).run(
    {
      config,
      clock: app.clock,
      platforms: PLATFORMS,
      stdout: { write: (text: string) => void (told.out += text) },
      stderr: { write: (text: string) => void (told.err += text) },
    },
    ['--app', WECOM, ...args],
  )
  const keys = [CURRENT, PREVIOUS, CORP].flatMap((ticket) =>
    ticketKeyDerivations.map((derivation) => deriveTicketKey(ticket, derivation)),
  )
  for (const secret of [CURRENT, PREVIOUS, CORP, ...keys, state, 'the-chat', '"bob"', key('bob')])
    expect(told.out + told.err).not.toContain(secret)
  expect(await app.storage.manager.count(DoctorRunEntity)).toBe(0)
  return { code, looked, ...told }
}

/** Gives the sample at the first look. */
const giving =
  (made: (state: string) => GivenSample): Act =>
  async ({ id, state, looked }) => {
    if (looked === 0) expect(await runs().give(id, WECOM, made(state))).toBe(true)
  }
const verdictOf = ({ out }: { out: string }) => JSON.parse(out).verdict

describe.each([...ticketKeyDerivations])('a platform that uses %s', (derivation) => {
  test.each([
    ['newest', CURRENT],
    ['previous', PREVIOUS],
  ])('is found out, whether it seals under its newest ticket or not: the %s', async (_, ticket) => {
    const found = await live(
      giving((state) => sampleOf(deriveTicketKey(ticket, derivation), { state })),
      '--json',
    )
    expect(found.code).toBe(0)
    expect(verdictOf(found)).toEqual({ kind: 'found', derivation })
  })
})

describe('the report', () => {
  const url16 = giving((state) => sampleOf(deriveTicketKey(CURRENT, 'url16'), { state }))

  test.each(['zh', 'en'] as const)(
    'says in %s where to open, and what to configure',
    async (lang) => {
      const { out, err } = await live(url16, '--lang', lang)
      expect(err).toMatch(/https:\/\/cards\.example\.com\/h5\/\?doctor=\w{22}\n/)
      expect(out).toContain(words[lang].sample.facts(96, 'WeCom 4.1.30, iOS'))
      expect(out).toContain(words[lang].todo.set('url16'))
    },
  )

  test.each(['zh', 'en'] as const)(
    'says in %s which SDK asked, how old the ticket is, and what the page’s policy refused',
    async (lang) => {
      const told = giving((state) => ({
        ...sampleOf(deriveTicketKey(CURRENT, 'url16'), { state }),
        sdk: '2.4.4',
        blocked: ['script-src-elem', 'connect-src'],
      }))
      app.clock.advance(12 * 60_000)
      const { out } = await live(told, '--lang', lang)
      const { sdk, age, blocked } = words[lang].sample
      const minutes = Math.floor((app.clock.now() - keptAt) / 60_000)
      expect(minutes).toBeGreaterThanOrEqual(12)
      const facts = [sdk('2.4.4'), age(minutes), blocked('script-src-elem, connect-src')]
      expect(out.split('\n')[0]).toContain(facts.join('; '))
    },
  )

  test('agrees with the configuration', async () => {
    configured = 'url16'
    const { code, out } = await live(url16)
    expect(code).toBe(0)
    expect(out).toContain(words.en.result.already('url16'))
  })

  test('contradicts the configuration', async () => {
    configured = 'tail16'
    const { code, out } = await live(url16)
    expect(code).toBe(1)
    expect(out).toContain(words.en.result.differs('tail16', 'url16'))
  })

  test.each([
    ['the corp’s ticket', () => deriveTicketKey(CORP, 'md5-text'), 'corp ticket', 'md5-text'],
    ['the mini-program’s session_key', () => key('bob'), 'session_key', 'as it is'],
  ])('names %s as the material', async (_, made, material, reading) => {
    const found = await live(
      giving((state) => sampleOf(made(), { state })),
      '--json',
    )
    expect(found.code).toBe(1)
    expect(verdictOf(found)).toEqual({ kind: 'other material', material, reading })
  })
})

describe('a sample that decides nothing', () => {
  const good = (state: string) => sampleOf(deriveTicketKey(CURRENT, 'url16'), { state })
  test.each([
    ['noise', () => ({ ...good('x'), encryptedData: randomBytes(64).toString('base64') })],
    ['no base64', () => ({ ...good('x'), encryptedData: 'not base64' })],
    ['an IV of no bytes', () => ({ ...good('x'), iv: '' })],
    ['a proof about another state', () => good('another')],
    [
      'a proof for another person',
      (state: string) => sampleOf(deriveTicketKey(CURRENT, 'url16'), { state, curReceiver: 'eve' }),
    ],
  ])('%s does not end the wait, and the next sample is looked at', async (_, made) => {
    const { code, err, out, looked } = await live(async ({ id, state, looked: n }) => {
      if (n === 0) await runs().give(id, WECOM, made(state))
      if (n === 1) await runs().give(id, WECOM, good(state))
    })
    expect({ code, looked }).toEqual({ code: 0, looked: 2 })
    expect(err).toContain(words.en.live.waiting)
    expect(out).toContain(words.en.result.found('url16'))
  })

  test('none within ten minutes ends with 1, and nothing is open afterwards', async () => {
    const { code, err, looked } = await live(async () => {})
    expect({ code, looked }).toEqual({ code: 1, looked: 600 })
    expect(err).toContain(words.en.live.nothing)
  })
})

describe('the run', () => {
  test('is in the audit, with who and what came of it', async () => {
    await live(giving((state) => sampleOf(deriveTicketKey(CURRENT, 'url16'), { state })))
    const entries = await app.storage.manager.find(AuditEntryEntity, {
      where: { kind: 'h5.doctor' },
      order: { at: 'DESC', seq: 'DESC' },
      take: 2,
    })
    const said = entries.map(({ actor, subject, decision }) => ({ actor, subject, decision }))
    expect(said).toContainEqual({ actor: 'cli', subject: WECOM, decision: 'found' })
  })

  test('takes one sample at a time', async () => {
    const { id, state } = await runs().open(WECOM)
    const sample = sampleOf(deriveTicketKey(CURRENT, 'url16'), { state })
    expect(await runs().give(id, WECOM, sample)).toBe(true)
    expect(await runs().give(id, WECOM, sample)).toBe(false)
    expect(await runs().wait(id)).toEqual(sample)
    expect(await runs().wait(id)).toBeNull()
    expect(await runs().give(id, WECOM, sample)).toBe(true)
    await runs().close(id)
  })

  test('is of one app', async () => {
    const { id } = await runs().open(WECOM)
    expect(await runs().state(id, 'beta-wecom')).toBeNull()
    await runs().close(id)
  })

  test('closes by itself when its doctor was killed, and is deleted', async () => {
    const { id, state } = await runs().open(WECOM)
    expect(await runs().state(id, WECOM)).toBe(state)
    app.clock.advance(RUN_OPEN_MS)
    expect(await runs().state(id, WECOM)).toBeNull()
    expect(await runs().give(id, WECOM, sampleOf(key('x'), { state }))).toBe(false)
    await runs().close(id)
  })

  test('of a clock that was ahead is not open', async () => {
    const { id } = await runs().open(WECOM)
    app.clock.jump(-10 * 60_000)
    expect(await runs().state(id, WECOM)).toBeNull()
    app.clock.jump(10 * 60_000)
    await runs().close(id)
  })
})

describe('offline, with an app', () => {
  const offline = async (sample: object, typed: string | null = null) => {
    const told = { out: '', err: '' }
    const code = await doctorH5Command().run(
      {
        config,
        clock: app.clock,
        platforms: PLATFORMS,
        stdout: { write: (text: string) => void (told.out += text) },
        stderr: { write: (text: string) => void (told.err += text) },
        passwords: { ask: async () => typed, readAll: async () => '' },
        readFile: () => Buffer.from(JSON.stringify(sample)),
      },
      ['--app', WECOM, '--sample', 's.json', '--json'],
    )
    return { code, verdict: JSON.parse(told.out).verdict }
  }
  const from = (ticket: string) => {
    const { encryptedData, iv } = sampleOf(deriveTicketKey(ticket, 'skip16'), { state: 'st' })
    return { encryptedData, iv }
  }

  test.each([
    ['newest', CURRENT],
    ['previous', PREVIOUS],
  ])('the tickets of the service are tried: the %s', async (_, ticket) => {
    await keep('agent', PREVIOUS)
    await keep('agent', CURRENT)
    expect(await offline(from(ticket))).toEqual({
      code: 0,
      verdict: { kind: 'found', derivation: 'skip16' },
    })
  })

  test('the ticket of that moment is asked for when the service holds it no longer', async () => {
    const old = ticketNamed('long ago')
    expect((await offline(from(old))).verdict).toEqual({ kind: 'none' })
    expect(await offline(from(old), old)).toEqual({
      code: 0,
      verdict: { kind: 'found', derivation: 'skip16' },
    })
  })
})

test.each([
  ['an app that is not configured', ['--app', 'nobody'], 'the configuration has no such app'],
  ['an app without a web page', ['--app', 'acme-wechat'], 'the app has no h5 block'],
])('%s is named', async (_, args, message) => {
  const run = doctorH5Command().run({ config, platforms: PLATFORMS } as never, args)
  await expect(run).rejects.toThrow(message)
})
