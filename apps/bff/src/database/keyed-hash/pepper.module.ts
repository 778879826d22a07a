import { Global, Module } from '@nestjs/common'
import { Pepper } from './pepper.service.js'

@Global()
@Module({ providers: [Pepper], exports: [Pepper] })
export class PepperModule {}
