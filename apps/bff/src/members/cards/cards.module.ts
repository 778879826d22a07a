import { Module } from '@nestjs/common'
import { PolicyModule } from '../card-rules/policy.module.js'
import { CardChanges } from './card-changes.js'
import { CardContent } from './card-content.js'
import { CardFactory, CreateCardService } from './create-card.js'
import { CardController } from './card.controller.js'
import { CardRepository } from './card.repository.js'
import { CardService } from './card.service.js'
import { IdempotencyRepository, IdempotentCards } from './idempotent-cards.js'

@Module({
  imports: [PolicyModule],
  controllers: [CardController],
  providers: [
    CardChanges,
    CardService,
    CardFactory,
    CreateCardService,
    IdempotentCards,
    CardRepository,
    IdempotencyRepository,
    CardContent,
  ],
  exports: [CardChanges, CardService, CardRepository, CardContent],
})
export class CardsModule {}
