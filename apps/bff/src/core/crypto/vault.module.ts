import { Global, Module } from '@nestjs/common'
import { CONFIG, type Config } from '../config/config.js'
import { Vault } from './vault.js'

@Global()
@Module({
  providers: [
    { provide: Vault, useFactory: (config: Config) => new Vault(config.keyring), inject: [CONFIG] },
  ],
  exports: [Vault],
})
export class VaultModule {}
