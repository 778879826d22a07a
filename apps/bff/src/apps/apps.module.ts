import { Global, Module } from '@nestjs/common'
import { Apps } from './apps.service.js'

@Global()
@Module({ providers: [Apps], exports: [Apps] })
export class AppsModule {}
