import type { Trial } from './key-trials.js'
import type { Verdict } from './verdict.js'
import type { Words } from './words.js'

/** One line for each key that was tried: where from, how read, what came of it. No secret, and no value of the plaintext. */
export const trialLines = (
  trials: readonly Trial[],
  { materials, outcomes, asItIs }: Words,
): string => {
  const rows = trials.map(({ material, reading, outcome, fields }) => {
    const found = fields.length > 0 ? ` (${fields.join(', ')})` : ''
    const how = reading === 'as it is' ? asItIs : reading
    return [materials[material], how, `${outcomes[outcome]}${found}`] as const
  })
  const width = Math.max(0, ...rows.map(([material]) => columns(material)))
  return rows
    .map(([material, reading, outcome]) => {
      return `${padded(material, width)}  ${padded(reading, 10)}  ${outcome}\n`
    })
    .join('')
}

const padded = (text: string, width: number): string =>
  text + ' '.repeat(Math.max(0, width - columns(text)))

/** A Chinese character takes two columns of a terminal. */
const columns = (text: string): number =>
  Array.from(text).reduce((sum, char) => sum + (/[⺀-￯]/.test(char) ? 2 : 1), 0)

interface Said {
  readonly well: boolean
  readonly what: string
  /** Absent where nothing is to be done. */
  readonly todo?: string
}

/** @param configured the app's `h5.keyDerivation`; undefined where no app is named */
export const said = (
  verdict: Verdict,
  configured: string | undefined,
  { result, todo, materials, outcomes, asItIs }: Words,
): Said => {
  switch (verdict.kind) {
    case 'found': {
      const { derivation } = verdict
      if (configured === derivation) return { well: true, what: result.already(derivation) }
      const set = todo.set(derivation)
      return configured === undefined || configured === UNVERIFIED
        ? { well: true, what: result.found(derivation), todo: set }
        : { well: false, what: result.differs(configured, derivation), todo: set }
    }
    case 'ambiguous': {
      const what = result.ambiguous(verdict.derivations.join(' = '))
      return { well: false, what, todo: todo.again }
    }
    case 'other material': {
      const { reading } = verdict
      const how = reading === 'as it is' ? asItIs : reading
      const what = result.otherMaterial(materials[verdict.material], how)
      return { well: false, what, todo: todo.report }
    }
    case 'other sample': {
      const { outcome } = verdict.trial
      const what = result.otherSample(outcomes[outcome])
      const foreign = outcome === 'other state' || outcome === 'other receiver'
      return { well: false, what, todo: foreign ? todo.sample : todo.report }
    }
    case 'none':
      return { well: false, what: result.none, todo: todo.report }
  }
}

/** The value of `h5.keyDerivation` until the doctor has found one. */
const UNVERIFIED = 'unverified'

export const verdictLines = ({ well, what, todo }: Said): string =>
  `${well ? '[ok]   ' : '[WRONG]'} ${what}\n${todo === undefined ? '' : `        -> ${todo}\n`}`
