// The size of the built package, file by file, against its budget. Usage: node scripts/size.mjs
import { readdirSync, statSync } from 'node:fs'
import path from 'node:path'

const BUDGET = 512 * 1024
const dist = path.join(import.meta.dirname, '../dist')

const files = readdirSync(dist, { recursive: true })
  .map(String)
  .map((name) => ({ name, stat: statSync(path.join(dist, name)) }))
  .filter(({ stat }) => stat.isFile())
  .map(({ name, stat }) => ({ name, bytes: stat.size }))
  .sort((a, b) => b.bytes - a.bytes)

const total = files.reduce((sum, { bytes }) => sum + bytes, 0)
for (const { name, bytes } of files.slice(0, 8))
  console.log(`${String(bytes).padStart(8)}  ${name}`)
console.log(`${String(total).padStart(8)}  total of ${files.length} files; budget ${BUDGET}`)
if (total > BUDGET) {
  console.error(`The package is ${total - BUDGET} bytes over its budget.`)
  process.exit(1)
}
