/** The alert rules and the dashboard of deploy/observability. A test of the service holds them against its metrics. */
import { execFileSync, spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { parse } from 'yaml'

const folder = path.resolve(__dirname, '../../deploy/observability')
const read = (file: string): string => readFileSync(path.join(folder, file), 'utf8')

interface Rule {
  alert: string
  expr: string
  labels: { severity: string }
  annotations: { summary: string; runbook_url: string }
}
interface Panel {
  id: number
  type: string
  title: string
  description?: string
  gridPos: { x: number; y: number; w: number; h: number }
  targets?: { expr: string; legendFormat: string }[]
}

const rules = (parse(read('rules.yml')) as { groups: { rules: Rule[] }[] }).groups.flatMap(
  (group) => group.rules,
)
const { panels } = JSON.parse(read('grafana.json')) as { panels: Panel[] }
const queries = [...rules, ...panels.flatMap(({ targets = [] }) => targets)].map(({ expr }) => expr)

test('a route that a query names is a route of the service', () => {
  const openapi = readFileSync(path.resolve(folder, '../../docs/generated/openapi.json'), 'utf8')
  const paths = Object.keys((JSON.parse(openapi) as { paths: object }).paths)
  const routes = queries.flatMap((expr) =>
    [...expr.matchAll(/http_route="([^"]+)"/g)].map(([, route = '']) => route),
  )
  expect(routes.length).toBeGreaterThan(0)
  for (const route of routes) expect(paths).toContain(route.replace(/:(\w+)/g, '{$1}'))
})

test('each alert says what happens, how bad it is, and leads to its page', () => {
  expect(new Set(rules.map(({ alert }) => alert)).size).toBe(rules.length)
  for (const { alert, labels, annotations } of rules) {
    expect(labels.severity).toMatch(/^(warning|critical)$/)
    expect(annotations.summary.length).toBeGreaterThan(20)
    expect(annotations.runbook_url).toBe(`https://cards.example.com/help/run/alerts/${alert}.html`)
  }
})

test('each alert has a case in which it fires', () => {
  const { tests } = parse(read('rules.test.yml')) as {
    tests: { promql_expr_test: { exp_samples: { labels: string }[] }[] }[]
  }
  const fired = tests.flatMap((each) =>
    each.promql_expr_test.flatMap(({ exp_samples }) =>
      exp_samples.map(({ labels }) => /alertname="(\w+)"/.exec(labels)?.[1]),
    ),
  )
  expect(fired).toEqual(rules.map(({ alert }) => alert))
})

test('each panel says what it shows, and none lies on another', () => {
  const taken = new Set<string>()
  for (const { type, title, description, gridPos, targets = [] } of panels) {
    for (let x = gridPos.x; x < gridPos.x + gridPos.w; x += 1)
      for (let y = gridPos.y; y < gridPos.y + gridPos.h; y += 1) {
        expect(x).toBeLessThan(24)
        expect({ title, taken: taken.has(`${x},${y}`) }).toEqual({ title, taken: false })
        taken.add(`${x},${y}`)
      }
    if (type === 'row') continue
    expect({ title, said: Boolean(description), drawn: targets.length > 0 }).toEqual({
      title,
      said: true,
      drawn: true,
    })
  }
  expect(new Set(panels.map(({ id }) => id)).size).toBe(panels.length)
})

const promtool = spawnSync('promtool', ['--version'], { stdio: 'ignore' }).error === undefined
const where = promtool ? test : test.skip

where(
  'promtool reads the rules, and each alert fires when it should and no sooner',
  () => {
    const run = (...args: string[]) =>
      execFileSync('promtool', args, { cwd: folder, stdio: 'pipe' })
    expect(() => run('check', 'rules', 'rules.yml')).not.toThrow()
    expect(() => run('test', 'rules', 'rules.test.yml')).not.toThrow()
  },
  60_000,
)
