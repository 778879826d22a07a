import { readFileSync } from 'node:fs'
import path from 'node:path'
import { ERRORS, INTERNAL_ERRORS } from '@sealcard/protocol'
import { configKeys } from '../stage/made-config.mjs'
import { ALERTS } from '../words/alerts.mjs'
import { CONFIG } from '../words/config.mjs'
import { ANSWERED } from '../words/errors-answered.mjs'
import { INTERNAL } from '../words/errors-internal.mjs'

const rules = path.resolve(__dirname, '../../../deploy/observability/rules.yml')
const alerts = [...readFileSync(rules, 'utf8').matchAll(/- alert: (\w+)/g)].map(([, name]) => name!)

/** New ones get their words in apps/docs/words. */
test.each([
  ['error of an answer', Object.keys(ERRORS), ANSWERED],
  ['error of logs and commands', Object.keys(INTERNAL_ERRORS), INTERNAL],
  ['alert', alerts, ALERTS],
  ['key of the config file', configKeys(), CONFIG],
])('each %s has words in Chinese and English, and no other has', (_, names, words) => {
  expect(Object.keys(words).sort()).toEqual([...names].sort())
})
