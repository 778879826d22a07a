import { emptyDraft, type Draft } from './draft.js'

export const PRESETS = ['one-reader', 'day', 'acknowledge', 'burn'] as const
export type Preset = (typeof PRESETS)[number]

/** What a preset sets, and how a draft is without it. */
const SETS = {
  'one-reader': { maxViewers: '1' },
  day: { expiry: 'day' },
  acknowledge: { requireAcknowledgement: true },
  burn: { maxOpensPerViewer: '1' },
} as const satisfies Record<Preset, Partial<Draft>>

/** Whether the draft is as the preset sets it, by whichever way it came. */
export const hasPreset = (draft: Draft, preset: Preset): boolean =>
  entries(SETS[preset]).every(([field, value]) => draft[field] === value)

/** The fields that change when a preset is chosen, or taken back. */
export const presetPart = (preset: Preset, on: boolean): Partial<Draft> =>
  on
    ? SETS[preset]
    : Object.fromEntries(entries(SETS[preset]).map(([field]) => [field, emptyDraft[field]]))

const entries = (part: Partial<Draft>) => Object.entries(part) as [keyof Draft, unknown][]
