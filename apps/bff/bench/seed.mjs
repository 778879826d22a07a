// Fills an empty database for measurements: `node apps/bff/bench/seed.mjs` tells its options. Nothing of this is in
// the build, so the TypeScript runs as it is.
import { createRequire } from 'node:module'

process.argv.splice(2, 0, '../seed/main.ts')
createRequire(import.meta.url)('../src/testing/storage/ts-child.cjs')
