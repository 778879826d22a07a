import { Global, Module } from '@nestjs/common'
import { KeyedHash } from './keyed-hash.service.js'

@Global()
@Module({ providers: [KeyedHash], exports: [KeyedHash] })
export class KeyedHashModule {}
