import { Test } from '@nestjs/testing'
import { DataSource } from 'typeorm'
import { ConfigModule } from '../config/config.module.js'
import { CONFIG } from '../config/config.js'
import { CLOCK } from '../ports/clock.js'
import { PortsModule } from '../ports/ports.module.js'
import { RANDOM } from '../ports/random.js'
import { StorageModule } from '../storage/storage.module.js'
import { sampleConfig, wechatApp } from '../testing/sample-config.js'
import { VaultModule } from '../vault/vault.module.js'
import { Vault } from '../vault/vault.js'
import { AccessTokens } from './access-tokens.js'
import { PlatformHealth } from './platform-health.js'
import { PlatformRegistry } from './platform-registry.js'
import { PlatformsModule } from './platforms.module.js'

describe('the foundation modules', () => {
  it('provide everything that the rest of the service injects, and close what they opened', async () => {
    const config = sampleConfig()
    const app = await Test.createTestingModule({
      imports: [ConfigModule.of(config), PortsModule, VaultModule, StorageModule, PlatformsModule],
    }).compile()
    await app.init()
    for (const token of [CLOCK, RANDOM, Vault, AccessTokens]) expect(app.get(token)).toBeDefined()
    expect(app.get(CONFIG)).toBe(config)
    expect(app.get(PlatformRegistry).for(wechatApp()).platform).toBe('wechat')
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
