import { Global, Module } from '@nestjs/common'
import { DataSource } from 'typeorm'
import { Rewrap } from '../../lifecycle/rewrap.service.js'
import { CONFIG, type Config } from '../config/config.js'
import { Vault } from './vault.js'

@Global()
@Module({
  providers: [
    { provide: Vault, useFactory: (config: Config) => new Vault(config.keyring), inject: [CONFIG] },
    {
      provide: Rewrap,
      useFactory: (storage: DataSource, vault: Vault) => new Rewrap(storage, vault),
      inject: [DataSource, Vault],
    },
  ],
  exports: [Vault, Rewrap],
})
export class VaultModule {}
