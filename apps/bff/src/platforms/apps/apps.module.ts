import { Global, Module } from '@nestjs/common'
import { UnofficialBases } from '../../audit/unofficial-bases.js'
import { Apps } from './apps.service.js'

@Global()
@Module({ providers: [Apps, UnofficialBases], exports: [Apps] })
export class AppsModule {}
