/**
 * Who may open a private card of WeChat or WeCom. For servers with a framework and a database of their own.
 *
 * @module
 */
export {
  createVerifier,
  type GrantedOpening,
  type OpenInput,
  type RefusedOpening,
  type Verifier,
} from './create-verifier.js'
export { decide, type Decision, type Facts, type Reason } from './decide.js'
export type { Declaration, Declared } from './declare.js'
export { createMemoryStore } from './memory-store.js'
export type { LogEntry, VerifierOptions } from './options.js'
export type { Clock, KeySource, Random, SessionKeys, Timers } from './ports.js'
export { proofName } from './proof-name.js'
export { createSqlStore, type SqlDialect, type SqlStoreOptions } from './sql-store.js'
export type { Claim, ClaimOutcome, DeclaredShare, StoredShare, VerifyStore } from './store.js'
