// Jest cannot require(esm) before Node 24.9, so every ESM-only dependency is turned into CommonJS by swc.
import path from 'node:path'

const root = import.meta.dirname
/** The long forms: the same tests with larger numbers, and those that are too long for every commit. */
const nightly = process.env.SEALCARD_NIGHTLY === '1'

/** Whole suites that run a second time, over PostgreSQL: on every commit, not at a desk. */
const AGAIN_OVER_POSTGRES = ['/test/(admin|bots)/postgres\\.test\\.ts$']

export const esmOnly = [
  '@nestjs',
  'file-type',
  'strtok3',
  'token-types',
  'uint8array-extras',
  '@tokenizer',
  '@borewit',
  'load-esm',
  'es-toolkit',
  'uid',
  '@fastify/static',
  '@fastify/helmet',
  'playwright-core',
  'jose',
]

/** The jest project of one workspace package. @param {string} dir its folder @param {import('jest').Config} [more] */
export const project = (dir, more = {}) => ({
  displayName: path.relative(root, dir),
  rootDir: dir,
  testEnvironment: 'node',
  runtime: path.join(root, 'scripts/jest-runtime.cjs'),
  testMatch: ['<rootDir>/**/*.test.ts', '<rootDir>/**/*.test.tsx'],
  testPathIgnorePatterns: [
    '/node_modules/',
    '/dist/',
    '/\\.stryker-tmp/',
    ...(nightly ? [] : ['\\.nightly\\.test\\.ts$']),
    ...(nightly || process.env.CI ? [] : AGAIN_OVER_POSTGRES),
  ],
  modulePathIgnorePatterns: ['<rootDir>/dist/', '<rootDir>/.stryker-tmp/'],
  moduleNameMapper: {
    '^(\\.{1,2}/.*)\\.js$': '$1',
    '^@sealcard/protocol/plain$': path.join(root, 'packages/protocol/src/plain.ts'),
    '^@sealcard/kit/(react|testing)$': path.join(root, 'packages/kit/src/$1/index.ts'),
    '^@sealcard/verify/testing$': path.join(root, 'packages/verify/src/testing/index.ts'),
    '^@sealcard/(crypto|verify|protocol|kit|client|simulator|testing|typeorm-sqlite3)$': path.join(
      root,
      'packages/$1/src/index.ts',
    ),
  },
  transform: {
    '\\.(tsx?|m?js)$': [
      '@swc/jest',
      {
        jsc: {
          target: 'es2022',
          parser: { syntax: 'typescript', tsx: true, decorators: true },
          transform: {
            legacyDecorator: true,
            decoratorMetadata: true,
            react: { runtime: 'automatic' },
          },
        },
        module: { type: 'commonjs' },
      },
    ],
  },
  transformIgnorePatterns: [`node_modules/(?!(\\.pnpm|${esmOnly.join('|')})/)`],
  ...more,
})
