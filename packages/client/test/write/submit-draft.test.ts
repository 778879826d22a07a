import { BffError, BffUnreachable, wxStorage, type KeyValue } from '@sealcard/kit'
import type { Card, CreateCard } from '@sealcard/protocol'
import { emptyDraft, type Draft } from '../../src/write/draft.js'
import { DRAFT_LASTS_MS, draftStore } from '../../src/write/draft-store.js'
import { submitDraft } from '../../src/write/submit-draft.js'

const memory = (): KeyValue => {
  const map = new Map<string, string>()
  return {
    get: (key) => map.get(key) ?? null,
    set: (key, value) => void map.set(key, value),
    remove: (key) => void map.delete(key),
  }
}

const DRAFT: Draft = { ...emptyDraft, title: 'T', expiry: 'hour' }

const setUp = (storage: KeyValue = memory()) => {
  const sent: { body: CreateCard; key: string }[] = []
  const outcomes: unknown[] = []
  let now = 0
  let keys = 0
  const createCard = async (body: CreateCard, key: string) => {
    sent.push({ body, key })
    const outcome = outcomes.shift() ?? 'ok'
    if (outcome !== 'ok') throw outcome
    return { id: 'C' } as Card
  }
  const submit = (draft = DRAFT) =>
    submitDraft({
      draft,
      store: draftStore(storage, () => now),
      client: { createCard },
      now: () => (now += 60_000),
      newKey: () => `K${++keys}`,
    })
  return { storage, sent, outcomes, submit, store: draftStore(storage, () => now) }
}

describe('submitting a draft', () => {
  it('makes a card and forgets the draft', async () => {
    const { submit, store } = setUp()
    await expect(submit()).resolves.toEqual({ id: 'C' })
    expect(store.read()).toMatchObject({ title: '', body: '' })
    expect(store.readAttempt()).toBeNull()
  })

  it('keeps its settings for the next card, for as long as it takes, and no word of it', async () => {
    const { submit, storage } = setUp()
    await submit({ ...DRAFT, body: 'SECRET', maxViewers: '1', watermark: false })
    const later = draftStore(storage, () => 365 * DRAFT_LASTS_MS)
    later.expire()
    expect(later.read()).toEqual({
      ...emptyDraft,
      expiry: 'hour',
      maxViewers: '1',
      watermark: false,
    })
    later.write({ ...emptyDraft, title: 'next' })
    expect(later.read()).toEqual({ ...emptyDraft, title: 'next' })
  })

  it('of a copy is another card, also where the first one’s answer got lost', async () => {
    const { submit, outcomes, sent, store } = setUp()
    outcomes.push(new BffUnreachable('x'))
    await expect(submit()).rejects.toThrow()
    store.replace(DRAFT)
    expect(store.read()).toEqual(DRAFT)
    await submit()
    expect(sent.map(({ key }) => key)).toEqual(['K1', 'K2'])
  })

  it('sends exactly the same again after no answer, under the same key', async () => {
    const { submit, outcomes, sent, store } = setUp()
    outcomes.push(
      new BffUnreachable('x'),
      new BffError('ERR_STORAGE_UNAVAILABLE', 503, null, [], 1),
    )
    await expect(submit()).rejects.toThrow()
    expect(store.read()).toEqual(DRAFT)
    await expect(submit()).rejects.toThrow()
    await submit()
    expect(sent).toHaveLength(3)
    expect(new Set(sent.map((call) => JSON.stringify(call))).size).toBe(1)
  })

  it('changed words are another card', async () => {
    const { submit, outcomes, sent } = setUp()
    outcomes.push(new BffUnreachable('x'))
    await expect(submit()).rejects.toThrow()
    await submit({ ...DRAFT, title: 'U' })
    expect(sent.map(({ key }) => key)).toEqual(['K1', 'K2'])
  })

  it.each([400, 409, 413])('starts anew after a refusal of what it says (%i)', async (status) => {
    const { submit, outcomes, sent, store } = setUp()
    outcomes.push(new BffError('ERR_INPUT', status, null, [], null))
    await expect(submit()).rejects.toThrow()
    expect(store.read()).toEqual(DRAFT)
    await submit()
    expect(sent.map(({ key }) => key)).toEqual(['K1', 'K2'])
    expect(sent[1]?.body.policy?.expiresAt).not.toBe(sent[0]?.body.policy?.expiresAt)
  })
})

describe('the stored draft', () => {
  it.each(['', '{', 'null', '7', '[]', '{"title":7,"expiry":"soon"}'])(
    '%j is an empty draft',
    (stored) => {
      const storage = memory()
      storage.set('sealcard.draft', stored)
      storage.set('sealcard.attempt', stored)
      expect(draftStore(storage, () => 0).read()).toEqual(emptyDraft)
      expect(draftStore(storage, () => 0).readAttempt()).toBeNull()
    },
  )

  it('of an older version keeps what it has', () => {
    const storage = memory()
    storage.set('sealcard.draft', '{"title":"T","watermark":false,"gone":1}')
    expect(draftStore(storage, () => 0).read()).toEqual({
      ...emptyDraft,
      title: 'T',
      watermark: false,
    })
  })
})

describe('an unsent draft on the phone', () => {
  const KEYS = ['sealcard.draft', 'sealcard.attempt']
  const setUpStore = () => {
    const storage = memory()
    let now = Date.parse('2026-01-01T00:00:00Z')
    const store = draftStore(storage, () => now)
    store.write(DRAFT)
    store.writeAttempt({ key: 'K', draft: DRAFT, request: { title: 'T', body: '' } })
    return { storage, store, later: (ms: number) => void (now += ms) }
  }

  it('is there for a day after its last change', () => {
    const { store, later } = setUpStore()
    later(DRAFT_LASTS_MS - 1)
    store.expire()
    expect(store.read()).toEqual(DRAFT)
    expect(store.readAttempt()).toMatchObject({ key: 'K', draft: DRAFT })
    store.write(DRAFT)
    later(DRAFT_LASTS_MS - 1)
    expect(store.read()).toEqual(DRAFT)
  })

  it.each([DRAFT_LASTS_MS, -DRAFT_LASTS_MS])(
    'is gone from the storage after that, attempt and all (%i ms)',
    (ms) => {
      const { storage, store, later } = setUpStore()
      later(ms)
      store.expire()
      expect(KEYS.map((key) => storage.get(key))).toEqual([null, null])
      expect(store.read()).toEqual(emptyDraft)
      expect(store.readAttempt()).toBeNull()
    },
  )

  it('of an older version is gone a day after this one saw it', () => {
    const { storage, store, later } = setUpStore()
    for (const key of KEYS) storage.set(key, JSON.stringify({ title: 'T', key: 'K' }))
    store.expire()
    expect(store.read().title).toBe('T')
    later(DRAFT_LASTS_MS)
    store.expire()
    expect(KEYS.map((key) => storage.get(key))).toEqual([null, null])
  })

  it('makes one card of two tries on a phone that stores nothing', async () => {
    const full = () => {
      throw new Error('exceed max size')
    }
    const phone = wxStorage({
      getStorageSync: () => '',
      setStorageSync: full,
      removeStorageSync: full,
    })
    const { outcomes, sent, submit } = setUp(phone)
    outcomes.push(new BffUnreachable('lost'))
    await expect(submit()).rejects.toThrow(BffUnreachable)
    await submit()
    expect(sent[1]).toEqual(sent[0])
  })
})
