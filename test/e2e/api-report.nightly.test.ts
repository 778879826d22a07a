import { spawnSync } from 'node:child_process'
import path from 'node:path'

test('what the published packages offer is what was reviewed', () => {
  const script = path.resolve(__dirname, '../../scripts/api-report.mjs')
  const { status, stderr } = spawnSync(process.execPath, [script], { encoding: 'utf8' })
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' })
})
