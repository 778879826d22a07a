import { createCipheriv } from 'node:crypto'
import {
  createMemoryStore,
  createVerifier,
  decide as decideAlone,
  proofName as nameAlone,
} from '@sealcard/verify'
import { ManualClock, SeededRandom } from '@sealcard/testing'
import { decide, type Facts } from '../../../src/members/cards/decide.js'
import { proofName } from '../../../src/members/openings/proof-name.js'
import { ProofVerifier } from '../../../src/members/openings/proof-verifier.js'
import type { Platform } from '../../../src/platforms/registry/platform.js'
import { wechat } from '../../../src/platforms/wechat/wechat.js'
import { wecom } from '../../../src/platforms/wecom/wecom.js'
import { sha256 } from '../../../src/core/crypto/digest.js'

const NOW = Date.UTC(2026, 0, 31, 8)
const random = new SeededRandom(20260131)
const newKey = () => Buffer.from(random.bytes(16)).toString('base64')

/** Every combination of the values of each field. */
const combined = <T extends object>(fields: { [K in keyof T]: readonly T[K][] }): T[] =>
  Object.entries(fields).reduce<T[]>(
    (all, [name, values]) =>
      all.flatMap((one) => (values as unknown[]).map((value) => ({ ...one, [name]: value }))),
    [{} as T],
  )

describe('@sealcard/verify and the service', () => {
  test('decide alike, whatever the facts', () => {
    const table = combined<Omit<Facts, 'now' | 'sessionLive'>>({
      proofGiven: [true, false],
      shareInApp: [true, false],
      proofOpened: [true, false],
      valueMatches: [true, false],
      receiver: ['viewer', 'another', 'unstated'],
      proof: ['new', 'reused'],
      verifyUntil: [NOW + 1, NOW, NOW - 1],
      revokedAt: [null, NOW - 1, NOW + 1],
      expiresAt: [null, NOW + 1, NOW],
      claim: ['untried', 'won', 'lost'],
    })
    const judged = (verdict: { outcome: string; reason?: string }) =>
      `${verdict.outcome} ${verdict.reason ?? ''}`
    const differing = table.filter((facts) => {
      const own = decide({ ...facts, now: NOW, sessionLive: true })
      const alone = decideAlone({ ...facts, now: NOW } as Parameters<typeof decideAlone>[0])
      return judged(own) !== judged(alone)
    })
    expect(table).toHaveLength(7776)
    expect(differing).toEqual([])
  })

  test('name a proof alike', () => {
    for (const [start, end] of [
      [0, 85],
      [29, 72],
      [16, 32],
      [0, 0],
    ] as const) {
      const text = Buffer.from(random.bytes(160)).toString('base64')
      expect(nameAlone('应用', text, { start, end })).toBe(proofName('应用', text, { start, end }))
    }
  })

  describe.each([
    ['WeChat', wechat],
    ['WeCom', wecom],
  ] as const)('weigh a proof alike: %s', (_, platform) => {
    const VALUE = 'k3Yx-value_of_the_share-0123456789abcdefghi'
    const [current, previous, foreign] = [newKey(), newKey(), newKey()]
    const plain = (value: string, receiver: string) =>
      platform.provesReceiver
        ? JSON.stringify({ chatId: 'wrG', state: value, curReceiver: receiver })
        : value
    const sealed = (key: string, value = VALUE, receiver = 'ChenMo') => {
      const iv = random.bytes(16)
      const cipher = createCipheriv('aes-128-cbc', Buffer.from(key, 'base64'), iv)
      const bytes = Buffer.concat([cipher.update(plain(value, receiver)), cipher.final()])
      return { encryptedData: bytes.toString('base64'), iv: Buffer.from(iv).toString('base64') }
    }
    const cut = ({ encryptedData, iv }: ReturnType<typeof sealed>) => ({
      iv,
      encryptedData: encryptedData.slice(0, -8),
    })

    test.each([
      ['under the current key', sealed(current), true],
      ['under the previous key', sealed(previous), true],
      ['under a key of another person', sealed(foreign), true],
      ['of another share', sealed(current, 'another-value-0123456789'), true],
      ['with the beginning of the value', sealed(current, VALUE.slice(0, -1)), true],
      ['of another receiver', sealed(current, VALUE, 'wu'), true],
      ['of a receiver in other letters', sealed(current, VALUE, 'CHENMO'), true],
      ['that is cut', cut(sealed(current)), true],
      ['that is empty', { encryptedData: '', iv: '' }, true],
      ['without its IV', { ...sealed(current), iv: '' }, true],
      ['that is too long', sealed(current, 'x'.repeat(600)), true],
      ['for no share', sealed(current), false],
    ])('a proof %s', async (_title, proof, known) => {
      const reasons: string[] = []
      const clock = new ManualClock(NOW)
      const keys = { current, previous, previousUntil: NOW + 1 }
      const verifier = createVerifier({
        platform: platform.name,
        app: 'demo',
        keys: { keysOf: async () => keys },
        store: createMemoryStore(),
        clock,
        log: (entry) => reasons.push('reason' in entry ? entry.reason : entry.outcome),
      })
      const share = await verifier.declare({ cardId: 'card', value: VALUE })
      const shareId = known ? share.shareId : 'nowhere'
      const answer = await verifier.open({ viewerId: 'ChenMo', shareId, proof })

      const verdict = await serviceVerdict(platform, known, keys, VALUE, proof)
      expect(reasons).toEqual([verdict.outcome === 'refused' ? verdict.reason : 'granted'])
      expect(answer.granted).toBe(verdict.outcome === 'granted')
    })
  })
})

const serviceVerdict = async (
  platform: Platform,
  known: boolean,
  keys: { current: string; previous: string },
  value: string,
  proof: { encryptedData: string; iv: string },
) => {
  const verifyUntil = NOW + 1
  const share = { id: 's', cardId: 'c', appId: 'demo', verifyUntil }
  const source = {
    share: known ? { ...share, valueHash: sha256(value, 'base64url') } : null,
    ownerId: 'owner',
    keys,
    viewerKey: 'ChenMo',
  }
  const verifier = new ProofVerifier(
    { of: async () => source } as never,
    { of: () => platform } as never,
    {} as never,
  )
  const me = { viewerId: 'v', kind: 'mini', app: { id: 'demo' } }
  const evidence = await verifier.verify(me as never, 'a'.repeat(22), proof)
  return decide({
    ...evidence,
    now: NOW,
    sessionLive: true,
    proof: 'new',
    verifyUntil,
    revokedAt: null,
    expiresAt: null,
    claim: 'won',
  })
}
