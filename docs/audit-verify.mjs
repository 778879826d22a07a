#!/usr/bin/env node
// Checks an audit export without Sealcard: node audit-verify.mjs <file.jsonl|file.csv> [<chain>:<seq>:<hash noted elsewhere>]...
import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { createInterface } from 'node:readline'

const HASHED = [
  'chainId',
  'seq',
  'at',
  'kind',
  'actor',
  'subject',
  'decision',
  'reason',
  'prevHash',
]
const FIELDS = [...HASHED, 'hash']
const [file, ...noted] = process.argv.slice(2)
const hashes = new Map() // `<chain>:<seq>` → hash
const last = new Map() // chain → its last entry
const starts = [] // first entries
const claims = noted
  // A csv writes an apostrophe before an older chain that begins with a minus.
  .map((text) => text.replace(/^'(?=-)/, ''))
  .map((text) => [text.slice(0, -65), text.slice(-64), 'what was noted'])
let [chains, end, number, faults] = [0, undefined, 0, 0]
const fault = (place, what) => (faults++, console.log(`BROKEN ${place}: ${what}`))

const entry = (e) => {
  const place = `${e.chainId}:${e.seq}`
  const before = last.get(e.chainId)
  const text = JSON.stringify(['sealcard.audit.1', ...HASHED.map((name) => e[name])])
  if (createHash('sha256').update(text).digest('hex') !== e.hash) fault(place, 'was changed')
  if (e.seq !== (before?.seq ?? 0) + 1) fault(place, 'an entry before it is missing')
  else if (!before) starts.push(e)
  else if (e.prevHash !== before.hash) fault(place, 'does not follow the entry before it')
  if (e.kind === 'audit.witness')
    claims.push([`${e.subject}:${e.reason.slice(0, -65)}`, e.reason.slice(-64), place])
  last.set(e.chainId, e)
  hashes.set(place, e.hash)
}

/** CSV: every cell is quoted; an apostrophe that keeps a spreadsheet from running the cell goes away. */
const row = (text) => {
  const cells = [...text.matchAll(/"((?:[^"]|"")*)"(?:,|$)/g)].map(([, cell]) =>
    cell.replaceAll('""', '"').replace(/^'/, ''),
  )
  const e = Object.fromEntries(FIELDS.map((name, i) => [name, cells[i]]))
  entry({ ...e, seq: Number(e.seq), at: Number(e.at) })
}

const line = (text) => {
  if (text === FIELDS.join(',')) return (end = 'csv')
  if (end === 'csv') return row(text)
  const { type, ...value } = JSON.parse(text)
  if (type === 'entry') entry(value)
  if (type === 'chain') chains++
  if (type === 'checkpoint' || type === 'head')
    claims.push([`${value.chainId}:${value.seq}`, value.hash, `its ${type}`])
  if (type === 'head' && last.get(value.chainId)?.seq !== value.seq)
    fault(value.chainId, 'does not end at its head')
  if (type === 'end') end = value
}

for await (const text of createInterface({ input: createReadStream(file), crlfDelay: Infinity })) {
  if (++number && end?.entries !== undefined) fault(`line ${number}`, 'comes after the end')
  line(text)
}
const known = new Set(['0'.repeat(64), ...hashes.values()])
for (const e of starts)
  if (!known.has(e.prevHash)) fault(`${e.chainId}:1`, 'continues a chain that is not there')
for (const [place, hash, who] of claims)
  if (hashes.get(place) !== hash) fault(place, `is not what ${who} says`)
if (!end) fault('the file', 'is cut off')
// An export that was cut off and continued counts its last part only.
else if (
  end !== 'csv' &&
  end.after === undefined &&
  (end.entries !== hashes.size || end.chains !== chains)
)
  fault('the file', 'counts differ')
console.log(`${hashes.size} entries in ${last.size} chains: ${faults ? 'broken' : 'intact'}`)
process.exitCode = faults ? 1 : 0
