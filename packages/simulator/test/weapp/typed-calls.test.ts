import { readFileSync } from 'node:fs'
import path from 'node:path'

const simulator = path.resolve(import.meta.dirname, '../..')
const script = path.join(simulator, 'scripts/typed-calls.mjs')

test('the calls that a phone knows by name are those of the typings', async () => {
  const { typedCalls } = (await import(script)) as { typedCalls: () => string }
  const written = readFileSync(path.join(simulator, 'phone/host/wx/typed-calls.ts'), 'utf8')
  expect(written).toBe(typedCalls())
})
