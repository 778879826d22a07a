import path from 'node:path'

const at = (p) => path.join(import.meta.dirname, p)

export default {
  projects: [
    'packages/crypto',
    'packages/protocol',
    'packages/kit',
    'packages/client',
    'packages/simulator',
    'packages/testing',
    'packages/typeorm-sqlite3',
    'packages/verify',
    'apps/bff',
    'apps/mini',
    'apps/web',
    'apps/console',
    'apps/docs',
    'test',
  ].map(at),
  coverageProvider: 'v8',
  testSequencer: at('scripts/longest-first.mjs'),
  // No test is about time: this only ends what hangs, on a machine that is busy with others too.
  testTimeout: 180_000,
  reporters: ['default', [at('scripts/tally-reporter.mjs'), { file: at('.tmp/tally-jest.json') }]],
}
