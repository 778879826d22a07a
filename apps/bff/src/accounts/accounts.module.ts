import { Global, Module } from '@nestjs/common'
import { AdminAccountsController } from './admin-accounts.controller.js'
import { AdminAccountsRepository } from './admin-accounts.repository.js'
import { AdminAccountsService } from './admin-accounts.service.js'
import { AdminIdentity } from './admin-identity.js'
import { AdminLoginService, LoginOpener } from './admin-login.service.js'
import { AdminSessionController } from './admin-session.controller.js'
import { AdminSessions } from './admin-sessions.js'
import { AutomationTokensController } from './automation-tokens.controller.js'
import { AutomationTokens } from './automation-tokens.js'
import { GuessLimit, LoginGate } from './login-gate.js'
import { IssuedAccess, OrphanedAccess } from './issued-access.js'
import { KnownDevices } from './known-devices.js'
import { LoginJournal } from './login-journal.js'
import { LoginThrottle } from './login-throttle.js'
import { OwnAccountService } from './own-account.service.js'
import { PASSWORD_COST, PasswordHasher, STANDARD_COST } from './password-hasher.js'
import { ServerIdentity } from './server-identity.js'
import { SecondFactor } from './second-factor.js'
import { SetupTokens } from './setup-tokens.js'
import { SetupController, SetupService } from './setup.js'

/** Who administers. Global, because the guard of every route asks it. */
@Global()
@Module({
  controllers: [
    AdminSessionController,
    SetupController,
    AdminAccountsController,
    AutomationTokensController,
  ],
  providers: [
    { provide: PASSWORD_COST, useValue: STANDARD_COST },
    AdminAccountsRepository,
    AdminAccountsService,
    AdminLoginService,
    AdminSessions,
    AutomationTokens,
    GuessLimit,
    IssuedAccess,
    KnownDevices,
    LoginGate,
    LoginJournal,
    LoginOpener,
    LoginThrottle,
    OrphanedAccess,
    OwnAccountService,
    PasswordHasher,
    SecondFactor,
    ServerIdentity,
    SetupService,
    SetupTokens,
    AdminIdentity,
  ],
  exports: [AdminSessions, AutomationTokens, SetupTokens, AdminIdentity],
})
export class AccountsModule {}
