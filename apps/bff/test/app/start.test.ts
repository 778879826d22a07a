import { testConfig } from '../kit/config.js'
import { startOutput } from '../kit/start-output.js'

it('says in which mode it runs when it is ready', async () => {
  for (const mode of ['development', 'production'] as const) {
    const database = { kind: 'sqlite', file: ':memory:', engine: 'sqlite3' } as const
    const { out, code } = await startOutput(testConfig('', { database, mode }))
    expect(code).toBeNull()
    expect(out).toMatch(
      new RegExp(`^sealcard bff ready on http://127\\.0\\.0\\.1:\\d+ \\(${mode}\\)\n`),
    )
  }
})
