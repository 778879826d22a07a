// Puts the results of the last run into docs/capacity.md, between its marks, and draws docs/images/capacity.svg.
// `node apps/bff/bench/show.mjs` does only this; `run.mjs` ends with it.
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { format, resolveConfig } from 'prettier'
import { lineChart, picture } from './lib/chart.mjs'
import { capacityOf, simulate } from './simulate.mjs'

const root = path.join(import.meta.dirname, '../../..')
const PAGE = path.join(root, 'docs/capacity.md')
const PICTURE = path.join(root, 'docs/images/capacity.svg')
export const RESULTS = path.join(import.meta.dirname, 'results.json')

const n = (value) => Math.round(value).toLocaleString('en')
const ms = (value) => (value < 10 ? value.toFixed(1) : n(value))
const cpu = (value) => value.toFixed(value < 0.1 ? 3 : 2)
const ratio = (value) => value.toFixed(2)

/** @param {string[]} head @param {(string | number)[][]} rows */
const table = (head, rows) =>
  [head, head.map((_, i) => (i === 0 ? '---' : '---:')), ...rows]
    .map((cells) => `| ${cells.join(' | ')} |`)
    .join('\n')

const wrongs = (wrong) =>
  Object.entries(wrong)
    .map(([what, count]) => `${n(count)} × ${what}`)
    .join(', ') || '0'

/** What one process and one database do here; the simulation starts from it. */
const measuredParts = ({ stack, processes }) => {
  const opening = stack?.result.find(({ name }) => name === 'opening')
  const one = processes?.result.find(({ name }) => name === 'processes: 1, one card')
  return { cpu: (one ?? opening)?.cpu ?? 0.6 }
}

/** A database on a machine of its own: a round trip for each of 10 statements, and a durable commit. */
const MACHINES = [
  { name: 'SSD, same rack', group: 8, held: 0.12 },
  { name: 'network disk (5 ms a commit), same zone', group: 17, held: 0.12 },
]

const simulated = (results) => {
  const { cpu: each } = measuredParts(results)
  const rows = []
  for (const { name, group, held } of MACHINES)
    for (const processes of [1, 2, 4])
      for (const oneCard of [true, false]) {
        const world = { processes, cpu: each, group, held, oneCard }
        const most = capacityOf(world)
        const { p50, p99 } = simulate({ ...world, rate: Math.max(50, most / 2) })
        rows.push([name, processes, oneCard ? 'one' : 'many', n(most), `${ms(p50)}, ${ms(p99)}`])
      }
  return table(
    ['database', 'processes', 'cards', 'openings/s at most', 'p50, p99 at half of it, ms'],
    rows,
  )
}

const BLOCKS = {
  conditions: (results) => {
    const lines = Object.entries(results).map(([name, { at, commit, cores, node, load, full }]) => [
      name,
      at.slice(0, 16).replace('T', ' '),
      commit ?? '',
      `${cores}, ${node}`,
      load.toFixed(1),
      full ? 'full' : 'short',
    ])
    return table(['part', 'UTC', 'commit', 'cores, Node', 'load before', 'form'], lines)
  },
  stack: ({ stack }) =>
    stack &&
    table(
      ['closed loop', 'at once', 'a second', 'of Fastify', 'processor ms', 'p50 ms', 'p99 ms'],
      stack.result.map((one) => [
        one.name,
        one.atOnce,
        n(one.rate),
        one.ofFastify === undefined ? '' : ratio(one.ofFastify),
        cpu(one.cpu),
        ms(one.p50),
        ms(one.p99),
      ]),
    ),
  openLoops: ({ openLoops }) =>
    openLoops &&
    table(
      ['database', 'offered a second', 'answered a second', 'p50 ms', 'p99 ms', 'errors'],
      openLoops.result.map((one) => [
        one.database,
        n(one.offered),
        n(one.answered),
        ms(one.p50),
        ms(one.p99),
        wrongs(one.wrong),
      ]),
    ),
  callbacks: ({ callbacks }) =>
    callbacks &&
    table(
      ['database', 'what', 'offered a second', 'answered a second', 'p50 ms', 'p99 ms', 'errors'],
      callbacks.result.map((one) => [
        one.database,
        one.what,
        n(one.offered),
        n(one.answered),
        ms(one.p50),
        ms(one.p99),
        wrongs(one.wrong),
      ]),
    ),
  processes: ({ processes }) =>
    processes &&
    table(
      ['on one PostgreSQL', 'a second', 'of Fastify', 'of one process', 'processor ms', 'p99 ms'],
      processes.result.map((one) => {
        const cards = one.name.split(', ')[1]
        const alone = processes.result.find(({ name }) => name === `processes: 1, ${cards}`)
        const compared = alone ? ratio(one.rate / alone.rate) : ''
        return [one.name, n(one.rate), ratio(one.ofFastify), compared, cpu(one.cpu), ms(one.p99)]
      }),
    ),
  failures: ({ failures }) =>
    failures?.result &&
    table(
      [
        `two processes, ${failures.result.rate} openings a second`,
        'longest time without an answer',
      ],
      [
        ...failures.result.gaps.map(({ what, gap }) => [what, `${(gap / 1000).toFixed(1)} s`]),
        [
          'of it after the database was back',
          `${(failures.result.afterDatabaseMs / 1000).toFixed(1)} s`,
        ],
      ],
    ) +
      `\n\nOf ${n(failures.result.sent)} openings, ${n(failures.result.errors)} had an error (${wrongs(failures.result.wrong)}). Of those that were answered, ${failures.result.lost} are missing in the database.`,
  overload: ({ overload }) => {
    if (!overload) return undefined
    const { bears, offered, served, shed, otherErrors, recoveredAfterMs, gentleP99 } =
      overload.result
    return table(
      ['overload', ''],
      [
        ['it bears', `${n(bears)}/s`],
        ['offered', `${n(offered)}/s`],
        ['served meanwhile', `${n(served)}/s`],
        ['refused with 503', n(shed)],
        ['other errors', wrongs(otherErrors)],
        ['last error after the flood', `${(recoveredAfterMs / 1000).toFixed(1)} s`],
        ['p99 after it, 50/s', `${ms(gentleP99)} ms`],
      ],
    )
  },
  sizes: ({ sizes }) =>
    sizes &&
    table(
      [
        'openings there',
        'a second',
        'processor ms',
        'of an empty one',
        'p99 ms',
        'of an empty one',
      ],
      sizes.result.map((one) => [
        n(one.size),
        n(one.rate),
        cpu(one.cpu),
        ratio(one.cpuRatio),
        ms(one.p99),
        ratio(one.p99Ratio),
      ]),
    ),
  memory: ({ memory }) => {
    if (!memory) return undefined
    const { seconds, rate, errors, samples } = memory.result
    const each = seconds / samples.length
    return `${rate} mixed requests a second over ${n(seconds)} s, ${errors} errors. Resident memory after each ${n(each)} s, MiB: ${samples.map(n).join(', ')}.`
  },
  simulated,
}

const chartsOf = ({ openLoops, sizes }) => {
  const charts = []
  if (openLoops) {
    const series = ['sqlite', 'postgres'].flatMap((database, colour) => {
      const of = openLoops.result.filter((one) => one.database === database && one.p99 > 0)
      const line = (key) => of.map((one) => [one.offered, one[key]])
      const name = database === 'sqlite' ? 'SQLite' : 'PostgreSQL'
      return of.length === 0
        ? []
        : [
            { name: `${name} p99`, colour, points: line('p99') },
            { name: 'p50', colour, dashed: true, points: line('p50') },
          ]
    })
    charts.push(
      lineChart({
        title: '打开的延迟 Latency of openings',
        x: '每秒请求 offered a second',
        y: 'ms',
        series,
      }),
    )
  }
  if (sizes) {
    const line = (key) => sizes.result.map((one) => [one.size, one[key]])
    charts.push(
      lineChart({
        title: '数据量与成本 Cost against size (SQLite)',
        x: '库中已有的打开 openings in the database',
        y: '× 空库 × empty',
        least: [0.5, 2],
        series: [
          { name: 'CPU', points: line('cpuRatio') },
          { name: 'p99', points: line('p99Ratio') },
        ],
      }),
    )
  }
  return charts
}

const formatted = async (file, content, parser) =>
  writeFileSync(file, await format(content, { ...(await resolveConfig(file)), parser }))

/** Writes the page and the picture. @param {object} results by section, as in results.json */
export const show = async (results) => {
  let page = readFileSync(PAGE, 'utf8')
  for (const [name, block] of Object.entries(BLOCKS)) {
    const words = block(results)
    if (!words) continue
    const marks = new RegExp(`(<!-- bench:${name} -->)[\\s\\S]*?(<!-- end -->)`, 'g')
    page = page.replace(marks, (_, begin, end) => `${begin}\n\n${words}\n\n${end}`)
  }
  await formatted(PAGE, page, 'markdown')
  await formatted(RESULTS, JSON.stringify(results), 'json')
  const charts = chartsOf(results)
  if (charts.length > 0) writeFileSync(PICTURE, picture(charts))
}

if (process.argv[1] === import.meta.filename && existsSync(RESULTS))
  await show(JSON.parse(readFileSync(RESULTS, 'utf8')))
