import { Global, Module } from '@nestjs/common'
import { AddressLimits } from './address-limits.js'

@Global()
@Module({ providers: [AddressLimits], exports: [AddressLimits] })
export class LimitsModule {}
