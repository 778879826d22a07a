// Usage: node scripts/pack.mjs FOLDER; see pack().
import path from 'node:path'
import { pack } from '../../../scripts/lib/pack.mjs'

await pack(path.join(import.meta.dirname, '..'), process.argv[2])
