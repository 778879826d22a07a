import { ManualClock } from '@sealcard/testing'
import { Metrics } from '../../src/observability/metrics.js'
import { PlatformHealth } from '../../src/platforms/calls/platform-health.js'

const NAME = 'http_server_request_duration_seconds'
const fresh = () => new Metrics(new PlatformHealth(new ManualClock(), []))
/** Of one series: what counts, not the buckets. */
const counts = (text: string, name: string) =>
  text.split('\n').filter((line) => line.startsWith(`${name}_count`))

test('requests have the name, labels and buckets of OpenTelemetry', async () => {
  const metrics = fresh()
  metrics.answered('GET', '/v1/cards', 200, 60)
  const text = await metrics.text()
  const labels =
    'http_request_method="GET",http_route="/v1/cards",http_response_status_code="200",error_type=""'
  expect(counts(text, NAME)).toEqual([`${NAME}_count{${labels}} 1`])
  const bounds = [...text.matchAll(new RegExp(`^${NAME}_bucket\\{le="([^"]+)"`, 'gm'))]
  expect(bounds.map(([, bound]) => bound).join(' ')).toBe(
    '0.005 0.01 0.025 0.05 0.075 0.1 0.25 0.5 0.75 1 2.5 5 7.5 10 +Inf',
  )
  expect(text).toContain(`${NAME}_bucket{le="0.05",${labels}} 0\n`)
  expect(text).toContain(`${NAME}_bucket{le="0.075",${labels}} 1\n`)
})

test('an error has a type when it is the service’s, not when it refuses', async () => {
  const metrics = fresh()
  for (const status of [403, 499, 500, 503]) metrics.answered('GET', '/v1/cards', status, 1)
  const types = counts(await metrics.text(), NAME).map(
    (line) => /code="(\d+)",error_type="(\d*)"/.exec(line)?.slice(1) ?? [],
  )
  expect(types).toEqual([
    ['403', ''],
    ['499', ''],
    ['500', '500'],
    ['503', '503'],
  ])
})

test('a method that HTTP does not define makes no label of its own', async () => {
  const metrics = fresh()
  for (const method of ['PURGE', 'M-SEARCH']) metrics.answered(method, 'unmatched', 404, 1)
  const text = await metrics.text()
  expect(text).toContain('{http_request_method="_OTHER",http_route="unmatched",')
  expect(text).not.toMatch(/http_request_method="(?!_OTHER)/)
})

test('the former name counts the same requests', async () => {
  const metrics = fresh()
  for (const ms of [3, 40, 900]) metrics.answered('POST', '/v1/cards', 201, ms)
  const text = await metrics.text()
  for (const name of [NAME, `sealcard_${NAME.replace('_server', '')}`])
    expect(counts(text, name)).toEqual([expect.stringMatching(/ 3$/)])
})

test('the process is there once the service starts, with its version', async () => {
  const metrics = fresh()
  expect(await metrics.text()).not.toContain('sealcard_build_info')
  metrics.ofProcess('1.2.3')
  const text = await metrics.text()
  expect(text).toContain('sealcard_build_info{version="1.2.3"} 1\n')
  expect(text).toMatch(/^process_resident_memory_bytes [1-9]\d+$/m)
  expect(text).toMatch(/^nodejs_eventloop_lag_p99_seconds /m)
})
