// Fills an empty database for measurements: `node apps/bff/bench/seed.mjs` tells its options. Nothing of this is in
// the build, so the TypeScript runs as it is.
import { createRequire } from 'node:module'
import path from 'node:path'

process.argv.splice(2, 0, path.join(import.meta.dirname, '../tools/seed/main.ts'))
createRequire(import.meta.url)('../tools/ts-child.cjs')
