import { Module } from '@nestjs/common'
import { DataSource } from 'typeorm'
import { Vault } from '../core/crypto/vault.js'
import { MembersModule } from '../members/members.module.js'
import { CheckpointService } from './checkpoint.service.js'
import { OwnDataController } from './own-data.controller.js'
import { PersonCopies } from './person-copies.js'
import { PersonService } from './person.service.js'
import { RetentionService } from './retention.service.js'
import { Rewrap } from './rewrap.service.js'

/** Retention, copies and erasure of a person, rewrap of sealed values. Policies are at the entities. */
@Module({
  imports: [MembersModule],
  controllers: [OwnDataController],
  providers: [
    PersonCopies,
    PersonService,
    RetentionService,
    CheckpointService,
    {
      provide: Rewrap,
      useFactory: (storage: DataSource, vault: Vault) => new Rewrap(storage, vault),
      inject: [DataSource, Vault],
    },
  ],
  exports: [PersonService, RetentionService, Rewrap],
})
export class LifecycleModule {}
