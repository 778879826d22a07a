#!/usr/bin/env node
import { main } from '../src/main.mjs'

process.exitCode = main(process.argv.slice(2), process.cwd(), {
  out: (text) => process.stdout.write(`${text}\n`),
  err: (text) => process.stderr.write(`${text}\n`),
})
