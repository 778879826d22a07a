import { Global, Module } from '@nestjs/common'
import { AddressLimits } from './address-limits.js'
import { PersonLimits } from './person-limits.js'

@Global()
@Module({ providers: [AddressLimits, PersonLimits], exports: [AddressLimits, PersonLimits] })
export class LimitsModule {}
