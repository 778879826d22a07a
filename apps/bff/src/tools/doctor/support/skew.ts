import { type Said, warning, wrong } from './finding.js'

/** A Date header knows whole seconds; callbacks are refused when they are 300 s off. */
const NOTICED_MS = 10_000
const HARMFUL_MS = 120_000

/** Compares our clock with another one's, which was read between `before` and `after`. Nothing when they agree. */
export function skewFinding(
  before: number,
  after: number,
  theirs: number,
  about: string,
): readonly Said[] {
  if (Number.isNaN(theirs)) return []
  const ahead = before - theirs
  const behind = theirs - after
  const off = Math.max(ahead, behind)
  if (off <= NOTICED_MS) return []
  const seconds = Math.round(off / 1000)
  const what = `this machine’s clock is ${seconds} s ${ahead > behind ? 'ahead' : 'behind'}`
  const todo =
    'Keep the time by NTP (timedatectl set-ntp true); windows and callbacks depend on it.'
  return [(off > HARMFUL_MS ? wrong : warning)('clock-skew', what, todo, about)]
}
