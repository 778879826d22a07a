import { emptyDraft } from '../../src/write/draft.js'
import { hasPreset, presetPart, PRESETS } from '../../src/write/presets.js'

describe('a preset', () => {
  it.each(PRESETS)('%s is off in a new draft, goes on, and is taken back', (preset) => {
    expect(hasPreset(emptyDraft, preset)).toBe(false)
    const on = { ...emptyDraft, ...presetPart(preset, true) }
    expect(hasPreset(on, preset)).toBe(true)
    expect(PRESETS.filter((one) => hasPreset(on, one))).toEqual([preset])
    expect({ ...on, ...presetPart(preset, false) }).toEqual(emptyDraft)
  })

  it('leaves the words and the others alone', () => {
    const draft = { ...emptyDraft, title: 'T', ...presetPart('burn', true) }
    const both = { ...draft, ...presetPart('one-reader', true) }
    expect(both).toMatchObject({ title: 'T', maxViewers: '1', maxOpensPerViewer: '1' })
    expect({ ...both, ...presetPart('one-reader', false) }).toEqual(draft)
  })
})
