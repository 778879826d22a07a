import { Module } from '@nestjs/common'
import { OwnDataController } from './own-data.controller.js'
import { PersonCopies } from './person-copies.js'
import { PersonService } from './person.service.js'

@Module({
  controllers: [OwnDataController],
  providers: [PersonCopies, PersonService],
  exports: [PersonService],
})
export class PrivacyModule {}
