// The arrows of the house only point down. Each rule says why.
const ours = (names) => `^(packages|apps)/(${names})/`

// Each folder of apps/bff/src may import itself and those before it. The order is the architecture: docs/ARCHITECTURE.md.
const LAYERS = [
  'core',
  'database',
  'platforms',
  'observability',
  'http',
  'audit',
  'members',
  'bots',
  'webhooks',
  'accounts',
  'lifecycle',
  'admin',
  'schema',
  'tools',
  'app',
]
const MEMBERS = [
  'sessions',
  'card-rules',
  'cards',
  'shares',
  'openings',
  'requests',
  'notices',
  'web',
  'web-doctor',
]

const inOrder = (folder, names) =>
  names.slice(0, -1).map((name, i) => ({
    name: `${name}-imports-only-what-lies-before-it`,
    comment: `${folder}/${name} comes before ${names.slice(i + 1).join(', ')}.`,
    severity: 'error',
    from: { path: `^${folder}/${name}/` },
    to: { path: `^${folder}/(${names.slice(i + 1).join('|')})/` },
  }))

const layers = [
  ...inOrder('apps/bff/src', LAYERS),
  ...inOrder('apps/bff/src/members', MEMBERS),
  {
    name: 'every-file-has-a-layer',
    comment: 'A file of the service lies in a folder that the order names.',
    severity: 'error',
    from: { path: '^apps/bff/src/', pathNot: `^apps/bff/src/(${LAYERS.join('|')})/` },
    to: {},
  },
  {
    name: 'core-needs-only-packages',
    comment: 'The bottom: nothing of the service below it.',
    severity: 'error',
    from: { path: '^apps/bff/src/core/' },
    to: { path: '^apps/bff/src/', pathNot: '^apps/bff/src/core/' },
  },
]

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    ...layers,
    {
      name: 'no-circle-of-files',
      comment: 'A circle has no order in which it can be read or built. Types count.',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    {
      name: 'no-circle-of-folders',
      severity: 'error',
      scope: 'folder',
      from: {},
      to: { circular: true },
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
      name: 'verify-needs-only-crypto',
      comment: 'packages/verify is published for servers of any framework and any database.',
      severity: 'error',
      from: { path: '^packages/verify/src/' },
      to: { pathNot: ['^packages/(verify|crypto)/', '^(node:)?(crypto|assert|buffer)$'] },
    },
    {
      name: 'typeorm-sqlite3-stands-alone',
      comment: 'packages/typeorm-sqlite3 is published on its own, for any program with TypeORM.',
      severity: 'error',
      from: { path: '^packages/typeorm-sqlite3/src/' },
      to: {
        pathNot: [
          '^packages/typeorm-sqlite3/src/',
          '^(node:)?(fs/promises|path)$',
          'node_modules/(typeorm|sqlite3)/',
        ],
      },
    },
    {
      name: 'simulator-has-its-own-crypto',
      comment:
        'Two implementations that agree prove something; one that talks to itself proves nothing.',
      severity: 'error',
      from: { path: '^packages/simulator/' },
      to: { path: ours('crypto|verify|kit|client|protocol|typeorm-sqlite3') },
    },
    {
      name: 'clients-take-only-types-from-protocol',
      comment: 'The schemas weigh more than the mini-program. `@sealcard/protocol/plain` has none.',
      severity: 'error',
      from: { path: ours('mini|web|console|kit|client') + 'src/' },
      to: {
        path: ['^packages/protocol/', 'node_modules/zod/'],
        pathNot: '^packages/protocol/(src|dist)/plain\\.',
        dependencyTypesNot: ['type-only'],
      },
    },
    {
      name: 'clients-stay-on-the-client',
      severity: 'error',
      from: { path: ours('mini|web|console|kit|client') + 'src/' },
      to: { path: [ours('crypto|verify|simulator|typeorm-sqlite3|bff')] },
    },
    {
      name: 'kit-is-published-alone',
      comment: 'What only our own pages share is not part of it.',
      severity: 'error',
      from: { path: '^packages/kit/' },
      to: { path: '^packages/client/' },
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
      from: { path: '^(apps|packages)/[^/]+/src/', pathNot: '^packages/testing/' },
      to: {
        path: [
          '^(apps|packages)/[^/]+/test/',
          '^packages/testing/',
          '^apps/bff/tools/',
          '\\.test\\.tsx?$',
        ],
      },
    },
    {
      name: 'testing-stands-alone',
      comment: 'Tests of every package use it.',
      severity: 'error',
      from: { path: '^packages/testing/src/' },
      to: { path: '^(apps|packages)/', pathNot: '^packages/testing/src/' },
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
