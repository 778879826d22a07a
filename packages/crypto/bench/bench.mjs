// One interleaved run. In every round each implementation gets one slice of every job, in a new random order.
// So other load on the machine slows all implementations alike.
import os from 'node:os'
import { jobs } from './jobs.mjs'

const rounds = Number(process.argv.slice(2).find((arg) => /^\d+$/.test(arg)) ?? 400)
const slice = 250

const median = (values) => values.sort((a, b) => a - b)[values.length >> 1]

const measure = (work) => {
  const from = process.cpuUsage()
  for (let i = 0; i < slice; i++) work(i)
  const { user, system } = process.cpuUsage(from)
  return (slice * 1e6) / (user + system)
}

const shuffle = (items) => {
  for (let at = items.length - 1; at > 0; at--) {
    const other = Math.floor(Math.random() * (at + 1))
    ;[items[at], items[other]] = [items[other], items[at]]
  }
  return items
}

const entries = jobs.flatMap(({ name, run }) =>
  Object.entries(run).map(([who, work]) => ({ name, who, work, rates: [] })),
)
for (const { work } of entries) for (let i = 0; i < 20_000; i++) work(i)
for (let round = 0; round < rounds; round++) {
  for (const entry of shuffle([...entries])) entry.rates.push(measure(entry.work))
}

const load = os.loadavg()[0].toFixed(2)
console.log(`Node ${process.version}, ${os.cpus()[0].model}, load ${load}, ${rounds} rounds\n`)
console.log('| job | implementation | per CPU second | of the limit |')
console.log('|---|---|---:|---:|')
for (const { name, who, rates } of entries) {
  const limit = entries.find((entry) => entry.name === name && entry.who === 'limit')
  const ratio = median(rates.map((rate, round) => rate / limit.rates[round]))
  entries.find((entry) => entry.who === who && entry.name === name).ratio = ratio
}
for (const { name, who, rates, ratio } of entries) {
  const shown = who === 'limit' ? 'raw AES and SHA-1: the limit' : who
  const rate = Math.round(median([...rates])).toLocaleString('en')
  console.log(`| ${name} | ${shown} | ${rate} | ${ratio.toFixed(2)} |`)
}
