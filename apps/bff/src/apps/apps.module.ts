import { Global, Module } from '@nestjs/common'
import { Apps } from './apps.service.js'
import { UnofficialBases } from './unofficial-bases.js'

@Global()
@Module({ providers: [Apps, UnofficialBases], exports: [Apps] })
export class AppsModule {}
