import { Test } from '@nestjs/testing'
import { LoggerModule } from 'nestjs-pino'
import { DataSource } from 'typeorm'
import { CONFIG } from '../../src/core/config/config.js'
import { ConfigModule, VaultModule, PortsModule } from '../../src/core/core.modules.js'
import { Vault } from '../../src/core/crypto/vault.js'
import { loggerParams } from '../../src/core/logging/logger.js'
import { CLOCK } from '../../src/core/ports/clock.js'
import { RANDOM } from '../../src/core/ports/random.js'
import { ObservabilityModule } from '../../src/observability/observability.module.js'
import { PLATFORMS } from '../../src/platforms/all-platforms.js'
import { PlatformHealth } from '../../src/platforms/calls/platform-health.js'
import { PlatformsModule } from '../../src/platforms/platforms.module.js'
import { PlatformClients, Platforms } from '../../src/platforms/registry/platforms.js'
import { AccessTokens } from '../../src/platforms/tokens/access-tokens.js'
import { StorageModule } from '../../src/schema/storage.module.js'
import { sampleConfig, wechatApp } from '../kit/sample-config.js'

describe('the foundation modules', () => {
  it('provide everything that the rest of the service injects, and close what they opened', async () => {
    const config = sampleConfig()
    const app = await Test.createTestingModule({
      imports: [
        LoggerModule.forRoot(loggerParams('silent')),
        ConfigModule.of(config),
        PortsModule,
        VaultModule,
        ObservabilityModule,
        StorageModule,
        PlatformsModule.of(PLATFORMS),
      ],
    }).compile()
    await app.init()
    for (const token of [CLOCK, RANDOM, Vault, AccessTokens]) expect(app.get(token)).toBeDefined()
    expect(app.get(CONFIG)).toBe(config)
    expect(app.get(PlatformClients).of(wechatApp()).platform).toBe('wechat')
    expect(app.get(Platforms).of(wechatApp()).name).toBe('wechat')
    expect(app.get(PlatformHealth).snapshot()).toEqual(
      ['acme-wechat', 'acme-wecom'].map((id) => ({
        app: id,
        tokenFetchedAt: null,
        tokenExpiresAt: null,
        breaker: 'closed',
        lastSuccessAt: null,
        lastError: null,
        outages: [],
      })),
    )
    const dataSource = app.get(DataSource)
    expect(await dataSource.query('SELECT count(*) AS n FROM access_tokens')).toEqual([{ n: 0 }])
    await app.close()
    expect(dataSource.isInitialized).toBe(false)
  })
})
