import type { Check, DatabaseContext } from '../support/check.js'
import { auditHeads } from './audit-heads.js'
import { botRefusals, bots } from './bots.js'
import { databaseClock, databaseWrite } from './database.js'
import { configFile, production, runtime, proxies } from './environment.js'
import { keyring } from './keyring.js'
import { platforms } from './platforms.js'
import { webhooks } from './webhooks.js'

/** What needs no database. */
export const checks: readonly Check[] = [
  configFile,
  production,
  runtime,
  proxies,
  bots,
  platforms,
  webhooks,
]

/** What looks into one that is open and migrated. */
export const databaseChecks: readonly Check<DatabaseContext>[] = [
  databaseWrite,
  databaseClock,
  auditHeads,
  keyring,
  botRefusals,
]
