import { storable } from '../write/storable.js'

export const LABEL_MAX = 32

/** What was typed as a share's label; undefined: none. The service takes one line of at most 32 characters. */
export const labelOf = (typed: string): string | undefined => {
  const line = storable(typed)
    // eslint-disable-next-line no-control-regex -- a label is one line
    .replace(/[\u0000-\u001f\u007f-\u009f\u2028\u2029]+/g, ' ')
    .trim()
  const label = Array.from(line).slice(0, LABEL_MAX).join('').trim()
  return label === '' ? undefined : label
}
