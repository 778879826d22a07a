import path from 'node:path'
import { closedLoop, openLoop } from '../lib/load.mjs'
import { startOurs, strictly } from '../lib/servers.mjs'

const TIMES = 10
/** An answer within this time says that the service has recovered, ms. */
const GOOD_MS = 100
const WATCH_MS = 8_000
const GENTLE = 50

/** Ten times more openings than the service can bear are refused with 503, and then it serves again. */
export const overload = async ({ say, dir, platform, full, keep }) => {
  const ours = keep(await startOurs(`sqlite:${path.join(dir, 'overload.sqlite')}`, platform))
  const { opening } = ours.world
  const side = { ask: strictly(opening), pids: ours.pids }
  await closedLoop(side, { count: 2000, atOnce: 128 })
  const { rate } = await closedLoop(side, { from: 2000, count: 2000, atOnce: 128 })
  say(`it bears ${Math.round(rate)}/s`)
  const ms = full ? 10_000 : 3_000
  const flood = await openLoop(opening, { rate: Math.round(rate * TIMES), ms, from: 10_000 })
  const others = Object.entries(flood.wrong).filter(([what]) => what !== '503')
  // From here on the flood is over and every request of it has its answer.
  const end = performance.now()
  const answers = []
  const ask = async (n) => {
    const wrong = await opening(n)
    answers.push({ at: performance.now(), wrong })
    return wrong
  }
  const after = await openLoop(ask, { rate: GENTLE, ms: WATCH_MS, from: 1_000_000 })
  const lastBad = answers.filter(({ wrong }) => wrong !== '').at(-1)
  return {
    bears: rate,
    offered: flood.offered,
    served: flood.answered,
    shed: flood.wrong['503'] ?? 0,
    otherErrors: Object.fromEntries(others),
    recoveredAfterMs: lastBad ? lastBad.at - end : 0,
    gentleP99: after.p99,
    good: after.p99 <= GOOD_MS,
  }
}
