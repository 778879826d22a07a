import { BffError, BffUnreachable, type KeyValue } from '@sealcard/kit'
import type { Card, CreateCard } from '@sealcard/protocol'
import { emptyDraft, type Draft } from './draft'
import { draftStore } from './draft-store'
import { submitDraft } from './submit-draft'

const memory = (): KeyValue => {
  const map = new Map<string, string>()
  return {
    get: (key) => map.get(key) ?? null,
    set: (key, value) => void map.set(key, value),
    remove: (key) => void map.delete(key),
  }
}

const DRAFT: Draft = { ...emptyDraft, title: 'T', expiry: 'hour' }

const setUp = () => {
  const storage = memory()
  const sent: { body: CreateCard; key: string }[] = []
  const outcomes: (unknown | 'ok')[] = []
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
      store: draftStore(storage),
      client: { createCard },
      now: () => (now += 60_000),
      newKey: () => `K${++keys}`,
    })
  return { storage, sent, outcomes, submit, store: draftStore(storage) }
}

describe('submitting a draft', () => {
  it('makes a card and forgets the draft', async () => {
    const { submit, store } = setUp()
    await expect(submit()).resolves.toEqual({ id: 'C' })
    expect(store.read()).toEqual(emptyDraft)
    expect(store.readAttempt()).toBeNull()
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
      expect(draftStore(storage).read()).toEqual(emptyDraft)
      expect(draftStore(storage).readAttempt()).toBeNull()
    },
  )

  it('of an older version keeps what it has', () => {
    const storage = memory()
    storage.set('sealcard.draft', '{"title":"T","watermark":false,"gone":1}')
    expect(draftStore(storage).read()).toEqual({ ...emptyDraft, title: 'T', watermark: false })
  })
})
