import { ERRORS, INTERNAL_ERRORS } from '@sealcard/protocol'
import { configKeys } from '../stage/made-config.mjs'
import { CONFIG } from '../words/config.mjs'
import { ANSWERED } from '../words/errors-answered.mjs'
import { INTERNAL } from '../words/errors-internal.mjs'

/** New ones get their words in apps/docs/words. */
test.each([
  ['error of an answer', Object.keys(ERRORS), ANSWERED],
  ['error of logs and commands', Object.keys(INTERNAL_ERRORS), INTERNAL],
  ['key of the config file', configKeys(), CONFIG],
])('each %s has words in Chinese and English, and no other has', (_, names, words) => {
  expect(Object.keys(words).sort()).toEqual([...names].sort())
})
