// Loads before the built service: commands take as long as a file says, and the clock may be ahead.
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { setTimeout as wait } from 'node:timers/promises'

const bff = new URL('../../apps/bff/', import.meta.url)
createRequire(new URL('package.json', bff))('reflect-metadata')
const { CommandHandler } = await import(new URL('dist/bots/commands/command-handler.js', bff))

const ahead = Number(process.env.CLOCK_AHEAD_MS ?? 0)
const now = Date.now
Date.now = () => now() + ahead

/** Milliseconds; no file: none. */
const takes = () => {
  try {
    return Number(readFileSync(process.env.SLOW_COMMANDS_FILE, 'utf8'))
  } catch {
    return 0
  }
}
const { prepare } = CommandHandler.prototype
CommandHandler.prototype.prepare = async function (...asked) {
  // Over as soon as the file is gone.
  const until = performance.now() + takes()
  while (performance.now() < until && takes() > 0) await wait(20)
  return prepare.apply(this, asked)
}

// A command has nearly all of the platform's five seconds, so that a machine that stalls is no slow command.
const { PREPARE_TIMEOUT_MS } = await import(new URL('dist/bots/callback/reply-mode.js', bff))
const { SystemTimers } = await import(new URL('dist/core/ports/timers.js', bff))
const { sleep } = SystemTimers.prototype
SystemTimers.prototype.sleep = function (ms, signal) {
  return sleep.call(this, ms === PREPARE_TIMEOUT_MS && takes() === 0 ? 4_000 : ms, signal)
}
