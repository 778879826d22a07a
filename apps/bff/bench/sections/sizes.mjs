import path from 'node:path'
import { fill } from '../lib/fill.mjs'
import { median } from '../lib/figures.mjs'
import { closedLoop } from '../lib/load.mjs'
import { startOurs, strictly } from '../lib/servers.mjs'

/**
 * What an opening costs beside many others, against an empty database that is asked in turn. SQLite: there the size of the
 * file is felt most.
 */
export const sizes = async ({ say, dir, platform, full, keep }) => {
  const list = process.env.BENCH_SIZES?.split(',').map(Number)
  const wanted = list ?? [1e3, 1e4, 1e5, ...(full ? [1e6, 1e7] : [])]
  const rounds = full ? 7 : 3
  const count = full ? 2000 : 1000
  const start = async (url) => {
    const ours = await startOurs(url, platform)
    return { ...ours, ask: strictly(ours.world.opening) }
  }
  const empty = keep(await start(`sqlite:${path.join(dir, 'empty.sqlite')}`))
  await closedLoop(empty, { count: 2000, atOnce: 64 })
  let from = 2000
  const results = []
  for (const size of wanted) {
    const url = `sqlite:${path.join(dir, `size-${size}.sqlite`)}`
    const first = await start(url)
    await first.ask(0)
    await first.stop()
    const began = performance.now()
    await fill(url, size, say)
    const filledIn = (performance.now() - began) / 1000
    const filled = await start(url)
    await closedLoop(filled, { count: 2000, atOnce: 64 })
    const pairs = []
    for (let round = 0; round < rounds; round++) {
      const sides = round % 2 ? [empty, filled] : [filled, empty]
      const turn = new Map()
      for (const one of sides) turn.set(one, await closedLoop(one, { from, count, atOnce: 64 }))
      from += count
      pairs.push([turn.get(filled), turn.get(empty)])
    }
    const of = (key) => median(pairs.map(([one]) => one[key]))
    const ratio = (key) => median(pairs.map(([one, other]) => one[key] / other[key]))
    results.push({
      size,
      rate: of('rate'),
      cpu: of('cpu'),
      p50: of('p50'),
      p99: of('p99'),
      cpuRatio: ratio('cpu'),
      p99Ratio: ratio('p99'),
    })
    say(
      `${size.toLocaleString('en')} openings (filled in ${filledIn.toFixed(0)} s): ${of('cpu').toFixed(2)} ms, ×${ratio('cpu').toFixed(2)} of an empty database`,
    )
    await filled.stop()
  }
  return results
}
