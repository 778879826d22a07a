import { Module } from '@nestjs/common'
import { CardContent } from './card-content.js'
import { CardController } from './card.controller.js'
import { CardRepository } from './card.repository.js'
import { CardService } from './card.service.js'
import { CreateCardService } from './create-card.js'
import { IdempotencyRepository } from './idempotency.repository.js'

@Module({
  controllers: [CardController],
  providers: [CardService, CreateCardService, CardRepository, IdempotencyRepository, CardContent],
  exports: [CardService, CardRepository, CardContent],
})
export class CardsModule {}
