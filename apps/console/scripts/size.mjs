// The compressed size of what one page needs, file by file, against its budget. Usage: node scripts/size.mjs
import path from 'node:path'
import { BUDGET, sizes } from './sizes.mjs'

const { files, total } = sizes(path.join(import.meta.dirname, '../dist'))
for (const { name, bytes } of files) console.log(`${String(bytes).padStart(8)}  ${name}`)
console.log(`${String(total).padStart(8)}  total, gzip; budget ${BUDGET}`)
if (total > BUDGET) {
  console.error(`The page is ${total - BUDGET} bytes over its budget.`)
  process.exit(1)
}
