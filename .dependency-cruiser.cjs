// The arrows of the house only point down. Each rule says why.
const ours = (names) => `^(packages|apps)/(${names})/`

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    {
      name: 'no-circular',
      comment: 'A cycle has no order in which it can be read or built.',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'packages-never-import-apps',
      comment: 'Apps import packages, never the other way round.',
      severity: 'error',
      from: { path: '^packages/' },
      to: { path: '^apps/' },
    },
    {
      name: 'apps-never-import-apps',
      severity: 'error',
      from: { path: '^apps/([^/]+)/' },
      to: { path: '^apps/', pathNot: '^apps/$1/' },
    },
    {
      name: 'crypto-stands-alone',
      comment: 'packages/crypto is published on its own, on node:crypto alone.',
      severity: 'error',
      from: { path: '^packages/crypto/src/', pathNot: '\\.test\\.ts$' },
      to: { pathNot: ['^packages/crypto/src/', '^(node:)?(crypto|buffer|util)$'] },
    },
    {
      name: 'simulator-has-its-own-crypto',
      comment:
        'Two implementations that agree prove something; one that talks to itself proves nothing.',
      severity: 'error',
      from: { path: '^packages/simulator/' },
      to: { path: ours('crypto|kit|protocol') },
    },
    {
      name: 'mini-takes-only-types-from-protocol',
      comment: 'The schemas weigh more than the mini-program.',
      severity: 'error',
      from: { path: ours('mini|kit'), pathNot: '\\.test\\.tsx?$' },
      to: { path: ['^packages/protocol/', 'node_modules/zod/'], dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'mini-and-kit-stay-on-the-client',
      severity: 'error',
      from: { path: ours('mini|kit'), pathNot: '\\.test\\.tsx?$' },
      to: { path: [ours('crypto|simulator|bff')] },
    },
    {
      name: 'the-service-never-needs-the-simulator',
      severity: 'error',
      from: { path: '^apps/bff/src/' },
      to: { path: '^packages/simulator/' },
    },
    {
      name: 'no-test-code-in-the-product',
      severity: 'error',
      from: { path: '^(apps|packages)/[^/]+/src/', pathNot: ['\\.test\\.tsx?$', '/testing/'] },
      to: { path: ['/testing/', '\\.test\\.tsx?$'] },
    },
    {
      name: 'resolvable',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: ['/dist/', '/coverage/', '/\\.tmp/', '/\\.stryker-tmp/', '/fixture-weapp/'] },
    tsPreCompilationDeps: true,
    combinedDependencies: true,
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
      extensions: ['.ts', '.tsx', '.js', '.mjs', '.cjs', '.d.ts', '.json'],
    },
  },
}
