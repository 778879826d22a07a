import type { Viewer } from '@sealcard/protocol'
import type { Translate } from '../words/translate.js'

/** A person in one line: name and code. A name that people gave themselves is marked, because it proves nothing. */
export const viewerLabel = ({ name, nameFrom, code }: Viewer, t: Translate): string => {
  if (name === undefined) return t('name.code-alone', { code })
  return t(nameFrom === 'self' ? 'name.by-self' : 'name.with-code', { name, code })
}
