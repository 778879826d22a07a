import type { TicketKeyDerivation } from '@sealcard/crypto'
import type { MaterialKind, Reading, Trial } from './key-trials.js'

/** What all trials of one sample, or of several, come to. */
export type Verdict =
  /** One derivation opens every sample: the value of `h5.keyDerivation`. */
  | { readonly kind: 'found'; readonly derivation: TicketKeyDerivation }
  /** Several derive the same key from these tickets. */
  | { readonly kind: 'ambiguous'; readonly derivations: readonly TicketKeyDerivation[] }
  /** The key comes from something else than the application's ticket. The service has no such way. */
  | { readonly kind: 'other material'; readonly material: MaterialKind; readonly reading: Reading }
  /** A key opens the sample, but the sample is not the one that was asked for. */
  | { readonly kind: 'other sample'; readonly trial: Trial }
  | { readonly kind: 'none' }

const ofApplication = ({ material }: Trial): boolean =>
  material === 'ticket' || material === 'previous ticket'

const isTicketReading = (reading: Reading): reading is TicketKeyDerivation => reading !== 'as it is'

const hitsOf = (trials: readonly Trial[]): readonly Trial[] =>
  trials.filter(({ outcome }) => outcome === 'hit')

/** The derivations by which the service could open this sample. */
const usable = (trials: readonly Trial[]): ReadonlySet<TicketKeyDerivation> =>
  new Set(
    hitsOf(trials)
      .filter(ofApplication)
      .map(({ reading }) => reading)
      .filter(isTicketReading),
  )

/** @param samples the trials of each sample; a derivation must open all of them */
export const verdictOn = (samples: readonly (readonly Trial[])[]): Verdict => {
  const [first = [], ...more] = samples
  const others = more.map(usable)
  const derivations = [...usable(first)].filter((one) => others.every((set) => set.has(one)))
  const [derivation, second] = derivations
  if (derivation !== undefined)
    return second === undefined ? { kind: 'found', derivation } : { kind: 'ambiguous', derivations }
  const all = samples.flat()
  const elsewhere = hitsOf(all).find((trial) => !ofApplication(trial))
  if (elsewhere)
    return { kind: 'other material', material: elsewhere.material, reading: elsewhere.reading }
  const trial = all.find(({ outcome }) => PROOFS.has(outcome))
  return trial ? { kind: 'other sample', trial } : { kind: 'none' }
}

/** The key is right, since the bytes are a proof. */
const PROOFS: ReadonlySet<string> = new Set([
  'other state',
  'other receiver',
  'no proof',
  'refused',
])
