import { Injectable } from '@nestjs/common'
import { BotLog } from '../registry/bot-log.js'
import { BotMetrics } from '../registry/bot-metrics.js'
import type { Bot } from '../registry/bots.service.js'
import type { Inbound } from '../wire/inbound.js'

/** Reports feedback, and kinds of callbacks that this version does not know, to the operator. */
@Injectable()
export class InboundJournal {
  constructor(
    private readonly log: BotLog,
    private readonly metrics: BotMetrics,
  ) {}

  record({ id }: Bot, inbound: Inbound): void {
    if (inbound.kind === 'unknown') this.log.unknownKind(id, inbound.type)
    if (inbound.kind === 'feedback') {
      this.log.feedback(id, inbound.type)
      this.metrics.feedback(id, inbound.type)
    }
  }
}
