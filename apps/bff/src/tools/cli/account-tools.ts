import type { DataSource } from 'typeorm'
import { AdminAccountsRepository } from '../../accounts/admin-accounts.repository.js'
import { AdminAccountsService } from '../../accounts/admin-accounts.service.js'
import { AdminSessions } from '../../accounts/admin-sessions.js'
import { AutomationTokens } from '../../accounts/automation-tokens.js'
import { IssuedAccess } from '../../accounts/issued-access.js'
import { type PasswordCost, STANDARD_COST } from '../../accounts/password-hash.js'
import { PasswordHasher } from '../../accounts/password-hasher.js'
import { SetupTokens } from '../../accounts/setup-tokens.js'
import type { AuditLog } from '../../audit/audit-log.js'
import type { Vault } from '../../core/crypto/vault.js'
import type { Clock } from '../../core/ports/clock.js'
import type { Random } from '../../core/ports/random.js'

interface Parts {
  readonly storage: DataSource
  readonly vault: Vault
  readonly audit: AuditLog
  readonly clock: Clock
  readonly random: Random
  readonly cost: PasswordCost | undefined
}

/** Accounts and tokens, as the service has them. */
export function accountTools({ storage, vault, audit, clock, random, cost }: Parts) {
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
