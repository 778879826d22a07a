import { DRAFT_LASTS_MS, emptyDraft } from '@sealcard/client'
import { expireDrafts, personDrafts } from '../../src/features/write/person-drafts'
import { memory, NOW } from '../kit/fake-services'

const draft = { ...emptyDraft, title: 'T' }

describe('drafts in a browser', () => {
  it('belong to a person: the next one to sign in finds none', () => {
    const storage = memory()
    personDrafts(storage, 'one', () => NOW).write(draft)
    expect(personDrafts(storage, 'two', () => NOW).read()).toEqual(emptyDraft)
    expect(personDrafts(storage, 'one', () => NOW).read()).toEqual(draft)
  })

  it('go when they lay too long, whoever is here', () => {
    const storage = memory()
    storage.set('another', 'kept')
    personDrafts(storage, 'one', () => NOW).write(draft)
    expireDrafts(storage, () => NOW + DRAFT_LASTS_MS - 1)
    expect(storage.keys()).toHaveLength(2)
    expireDrafts(storage, () => NOW + DRAFT_LASTS_MS)
    expect(storage.keys()).toEqual(['another'])
  })
})
