import type { DataSource } from 'typeorm'
import { AdminAccountsRepository } from '../../accounts/admin-accounts.repository.js'
import { AdminAccountsService } from '../../accounts/admin-accounts.service.js'
import { AdminSessions } from '../../accounts/admin-sessions.js'
import { AutomationTokens } from '../../accounts/automation-tokens.js'
import { IssuedAccess } from '../../accounts/issued-access.js'
import { type PasswordCost, PasswordHasher, STANDARD_COST } from '../../accounts/password-hasher.js'
import { SetupTokens } from '../../accounts/setup-tokens.js'
import { Blocking } from '../../admin/people/block.js'
import { Offboarding } from '../../admin/people/offboarding.js'
import { CardRevocation } from '../../admin/revocations/revocations.js'
import { ViewerLookup } from '../../admin/revocations/viewer-lookup.js'
import { AuditLog } from '../../audit/audit-log.js'
import { ChainWriter, type CheckpointLog } from '../../audit/chain-writer.js'
import type { Config } from '../../core/config/config.js'
import { Vault } from '../../core/crypto/vault.js'
import type { Clock } from '../../core/ports/clock.js'
import { type Random, SystemRandom } from '../../core/ports/random.js'
import { KeyedHash } from '../../database/keyed-hash/keyed-hash.service.js'
import { startServiceTime } from '../../database/service-time.js'
import { isStorageUnavailable } from '../../database/storage-error.js'
import { asConfigError } from '../../database/trouble.js'
import { PersonCopies } from '../../lifecycle/person-copies.js'
import { PersonService } from '../../lifecycle/person.service.js'
import { Rewrap } from '../../lifecycle/rewrap.service.js'
import { CardRepository } from '../../members/cards/card.repository.js'
import { OPENING_LIMITS } from '../../members/openings/limit-traces.js'
import { ViewerLookups, ViewerRepository } from '../../members/sessions/viewer.repository.js'
import { Platforms } from '../../platforms/registry/platforms.js'
import { migrate } from '../../schema/migrate.js'
import { openStorage } from '../../schema/open-storage.js'
import { EventWriter } from '../../webhooks/events/event-writer.js'
import { Webhooks } from '../../webhooks/webhook.js'
import type { CommandContext } from './command.js'

interface Parts {
  readonly storage: DataSource
  readonly vault: Vault
  readonly audit: AuditLog
  readonly clock: Clock
  readonly random: Random
  readonly cost: PasswordCost | undefined
  readonly config: Pick<Config, 'apps'>
}

/** Accounts and tokens, as the service has them. */
export const accountTools = ({ storage, vault, audit, clock, random, cost, config }: Parts) => {
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
  return { accounts, tokens: new AutomationTokens(storage, issued, audit, clock, random, config) }
}

/** The parts of the service that commands use, without its network side. */
export interface Tools {
  readonly storage: DataSource
  readonly vault: Vault
  readonly audit: AuditLog
  readonly rewrap: Rewrap
  readonly people: PersonService
  readonly blocking: Blocking
  readonly offboarding: Offboarding
  readonly accounts: AdminAccountsService
  readonly tokens: AutomationTokens
  readonly viewers: ViewerRepository
  readonly clock: Clock
  readonly random: Random
}

/**
 * Runs `work` over the service's database, which the service may use at the same time, and leaves nothing open.
 * @param options `migrates`: the database may be new
 * @throws ClockError when the time of this machine cannot be trusted: a command writes, and erases
 */
export const withTools = async <T>(
  context: CommandContext,
  work: (tools: Tools, config: Config) => Promise<T>,
  { migrates = false } = {},
): Promise<T> => {
  const config = context.config()
  const storage = await openStorage(config)
  try {
    if (migrates) await migrate(storage)
    const clock = await startServiceTime(config, storage, context.clock)
    await clock.compare()
    const tools = toolsOf(context, config, storage, clock)
    const result = await work(tools, config)
    await tools.audit.onApplicationShutdown()
    return result
  } catch (error) {
    if (!isStorageUnavailable(error)) throw error
    throw asConfigError(error, config.database)
  } finally {
    await storage.destroy()
  }
}

const toolsOf = (
  { platforms, stderr, passwordCost: cost }: CommandContext,
  config: Config,
  storage: DataSource,
  clock: Clock,
): Tools => {
  const random = new SystemRandom()
  const vault = new Vault(config.keyring)
  // A command is a process that writes: it has a chain of its own, and prints its checkpoint.
  const told: CheckpointLog = {
    setContext: () => {},
    info: (fields, what) => void stderr.write(`${what} ${JSON.stringify(fields)}\n`),
  }
  const audit = new AuditLog(storage, new ChainWriter(storage, vault, told, random), clock)
  // What a command does has its events, too. The service sends them.
  audit.listen(new EventWriter(storage, new Webhooks(config), clock, random))
  const keyedHash = new KeyedHash(storage, vault, clock, random)
  const lookups = new ViewerLookups(keyedHash, new Platforms(platforms), config)
  const viewers = new ViewerRepository(storage, vault, lookups, clock, random, OPENING_LIMITS)
  const copies = new PersonCopies(storage, vault, clock)
  const people = new PersonService(storage, audit, viewers, copies, clock, random)
  const known = new ViewerLookup(viewers)
  const revocation = new CardRevocation(new CardRepository(storage), known, audit, clock)
  return {
    storage,
    vault,
    audit,
    rewrap: new Rewrap(storage, vault),
    people,
    blocking: new Blocking(known, viewers, audit, clock),
    offboarding: new Offboarding(known, viewers, revocation, people, audit, clock),
    viewers,
    clock,
    random,
    ...accountTools({ storage, vault, audit, clock, random, cost, config }),
  }
}
