import type { Viewer } from '@sealcard/protocol'
import type { Translate } from '../words/translate.js'

/** A person in one line: name and code. A name that people gave themselves is marked, because it proves nothing. */
export const viewerLabel = ({ name, nameFrom, code }: Viewer, t: Translate): string => {
  if (name === undefined) return t('name.code-alone', { code })
  return t(nameFrom === 'self' ? 'name.by-self' : 'name.with-code', { name: isolated(name), code })
}

// Hebrew, Arabic and their relatives, and the marks that turn the direction.
const TURNS = /[\u0590-\u08ff\u200e\u200f\u202a-\u202e\u2066-\u2069\ufb1d-\ufefc]/

/** A name from right to left must not move the mark and the code beside it. No name may turn the direction. */
export const isolated = (name: string): string =>
  TURNS.test(name) ? `\u2068${name.replace(/[\u202a-\u202e\u2066-\u2069]/g, '')}\u2069` : name
