// The size of the built package, file by file, against its budgets. Usage: node scripts/size.mjs
import path from 'node:path'
import { BUDGET, LANDING_BUDGET, sizes } from './sizes.mjs'

const { files, total, landing } = sizes(path.join(import.meta.dirname, '../dist'))
for (const { name, bytes } of files.slice(0, 8))
  console.log(`${String(bytes).padStart(8)}  ${name}`)
console.log(`${String(total).padStart(8)}  total of ${files.length} files; budget ${BUDGET}`)
console.log(`${String(landing).padStart(8)}  own code of pages/open; budget ${LANDING_BUDGET}`)
if (total > BUDGET) console.error(`The package is ${total - BUDGET} bytes over its budget.`)
if (landing > LANDING_BUDGET)
  console.error(`pages/open is ${landing - LANDING_BUDGET} bytes over its budget.`)
if (total > BUDGET || landing > LANDING_BUDGET) process.exit(1)
