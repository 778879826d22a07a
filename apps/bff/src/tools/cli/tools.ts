import type { DataSource } from 'typeorm'
import { AdminAccountsRepository } from '../../accounts/admin-accounts.repository.js'
import { AdminAccountsService } from '../../accounts/admin-accounts.service.js'
import { AdminSessions } from '../../accounts/admin-sessions.js'
import { AutomationTokens } from '../../accounts/automation-tokens.js'
import { IssuedAccess } from '../../accounts/issued-access.js'
import { type PasswordCost, PasswordHasher, STANDARD_COST } from '../../accounts/password-hasher.js'
import { SetupTokens } from '../../accounts/setup-tokens.js'
import { AuditLog } from '../../audit/audit-log.js'
import { ChainWriter, type CheckpointLog } from '../../audit/chain-writer.js'
import type { Config } from '../../core/config/config.js'
import { Vault } from '../../core/crypto/vault.js'
import type { Clock } from '../../core/ports/clock.js'
import { type Random, SystemRandom } from '../../core/ports/random.js'
import { KeyedHash } from '../../database/keyed-hash/keyed-hash.service.js'
import { isStorageUnavailable } from '../../database/storage-error.js'
import { asConfigError } from '../../database/trouble.js'
import { PersonCopies } from '../../lifecycle/person-copies.js'
import { PersonService } from '../../lifecycle/person.service.js'
import { Rewrap } from '../../lifecycle/rewrap.service.js'
import { moveLimits } from '../../members/openings/limit-traces.js'
import { ViewerLookups } from '../../members/sessions/viewer-lookups.js'
import { ViewerRepository } from '../../members/sessions/viewer.repository.js'
import { Platforms } from '../../platforms/registry/platforms.js'
import { openStorage } from '../../schema/open-storage.js'
import type { CommandContext } from './command.js'

interface Parts {
  readonly storage: DataSource
  readonly vault: Vault
  readonly audit: AuditLog
  readonly clock: Clock
  readonly random: Random
  readonly cost: PasswordCost | undefined
}

/** Accounts and tokens, as the service has them. */
export const accountTools = ({ storage, vault, audit, clock, random, cost }: Parts) => {
  const repository = new AdminAccountsRepository(storage, vault)
  const issued = new IssuedAccess(clock)
  const accounts = new AdminAccountsService(
    repository,
    new AdminSessions(storage, clock, random),
    new SetupTokens(storage, audit, repository, clock, random),
    issued,
    new PasswordHasher(cost ?? STANDARD_COST, random),
    audit,
    clock,
    random,
  )
  return { accounts, tokens: new AutomationTokens(storage, issued, audit, clock, random) }
}

/** The parts of the service that commands use, without its network side. */
export interface Tools {
  readonly storage: DataSource
  readonly vault: Vault
  readonly audit: AuditLog
  readonly rewrap: Rewrap
  readonly people: PersonService
  readonly accounts: AdminAccountsService
  readonly tokens: AutomationTokens
}

/** Runs `work` over the service's database, which may be in use by the service, and leaves nothing open. */
export const withTools = async <T>(
  { config: read, clock, platforms, stderr, passwordCost: cost }: CommandContext,
  work: (tools: Tools, config: Config) => Promise<T>,
): Promise<T> => {
  const config = read()
  const storage = await openStorage(config)
  const random = new SystemRandom()
  const vault = new Vault(config.keyring)
  // A command is a process that writes: it has a chain of its own, and its checkpoint is told to whoever ran it.
  const told: CheckpointLog = {
    setContext: () => {},
    info: (fields, what) => void stderr.write(`${what} ${JSON.stringify(fields)}\n`),
  }
  const audit = new AuditLog(storage, new ChainWriter(storage, vault, told, random), clock)
  const lookups = new ViewerLookups(
    new KeyedHash(storage, vault, clock, random),
    new Platforms(platforms),
    config,
  )
  const viewers = new ViewerRepository(storage, vault, lookups, clock, random, moveLimits)
  try {
    const people = new PersonService(
      storage,
      audit,
      viewers,
      new PersonCopies(storage, vault, clock),
      clock,
      random,
    )
    const rewrap = new Rewrap(storage, vault)
    const whoever = accountTools({ storage, vault, audit, clock, random, cost })
    const result = await work({ storage, vault, audit, rewrap, people, ...whoever }, config)
    await audit.onApplicationShutdown()
    return result
  } catch (error) {
    if (!isStorageUnavailable(error)) throw error
    throw asConfigError(error, config.database)
  } finally {
    await storage.destroy()
  }
}
