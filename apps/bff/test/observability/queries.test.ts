/** What the alert rules and the dashboard of deploy/observability ask of the metrics. */
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { Metrics } from '../../src/observability/metrics.js'
import { TestApp } from '../kit/test-app.js'

const folder = path.resolve(__dirname, '../../../../deploy/observability')
const read = (file: string): string => readFileSync(path.join(folder, file), 'utf8')

const ofRules = [...read('rules.yml').matchAll(/expr: >-\n((?: {10}\S.*\n)+)/g)].map(
  ([, expr = '']) => expr,
)
const { panels } = JSON.parse(read('grafana.json')) as {
  panels: { targets?: { expr: string }[] }[]
}
const queries = [
  ...ofRules,
  ...panels.flatMap(({ targets = [] }) => targets.map(({ expr }) => expr)),
]

/** Words of PromQL that no bracket follows. */
const WORDS = new Set(['and', 'or', 'unless', 'offset'])

/** The series that a query reads: names that are no function, word or label. */
const seriesOf = (expr: string): string[] => {
  const bare = expr
    .replace(/"[^"]*"/g, '')
    .replace(/\{[^}]*\}/g, ' ')
    .replace(/\[[^\]]*\]/g, ' ')
    .replace(/\b(?:by|without|on|ignoring)\s*\([^)]*\)/g, ' ')
  return [...bare.matchAll(/\b[a-z_]\w*\b(?!\s*\()/gi)]
    .map(([name]) => name)
    .filter((name) => !WORDS.has(name))
}

/** Every series that a service of this metrics text can have. */
const exported = (text: string): Set<string> =>
  new Set(
    [...text.matchAll(/^# TYPE (\S+) (\S+)$/gm)].flatMap(([, name = '', type]) =>
      type === 'histogram' ? ['_bucket', '_sum', '_count'].map((end) => name + end) : [name],
    ),
  )

test('finds the series of a query, and nothing else', () => {
  const query =
    'sum by (le, app) (rate(a_bucket{job="x and y"}[5m])) / max(b > 0 or c_total) unless time() > 7'
  expect(seriesOf(query)).toEqual(['a_bucket', 'b', 'c_total'])
})

test('rules and dashboard read only what the service exports', async () => {
  expect(ofRules).toHaveLength(read('rules.yml').match(/- alert: /g)?.length ?? 0)
  const app = await TestApp.start()
  // As at the start of the service.
  app.nest.get(Metrics).ofProcess('1.2.3')
  const { text } = await app.call('GET', '/metrics')
  await app.stop()
  // `up` is Prometheus's own.
  const known = exported(text).add('up')
  for (const expr of queries) {
    const series = seriesOf(expr)
    expect({ expr, none: series.length === 0 }).toEqual({ expr, none: false })
    const unknown = series.filter((name) => !known.has(name))
    expect({ expr, unknown }).toEqual({ expr, unknown: [] })
  }
})
