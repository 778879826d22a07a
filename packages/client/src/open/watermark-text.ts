import { isolated } from '../card/viewer-label.js'

/** A watermark as it is drawn: a name from right to left must not tear the code and the time behind it apart. */
export const watermarkText = (mark: string): string =>
  mark.replace(
    /^(.+)( \S+ \S+ \S+)$/s,
    (_, name: string, behind: string) => isolated(name) + behind,
  )
