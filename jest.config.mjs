import path from 'node:path'

const at = (p) => path.join(import.meta.dirname, p)

export default {
  projects: [
    'packages/crypto',
    'packages/protocol',
    'packages/kit',
    'packages/simulator',
    'apps/bff',
    'apps/mini',
    'test',
  ].map(at),
  coverageProvider: 'v8',
  testSequencer: at('scripts/longest-first.mjs'),
  testTimeout: 30_000,
  reporters: ['default', [at('scripts/tally-reporter.mjs'), { file: at('.tmp/tally-jest.json') }]],
}
