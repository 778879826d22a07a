import { Injectable } from '@nestjs/common'
import { BotLog } from '../registry/bot-log.js'
import { BotMetrics } from '../registry/bot-metrics.js'
import type { Bot } from '../registry/bots.service.js'
import type { Inbound } from '../wire/inbound.js'

/** Tells the operator of feedback, and of kinds of callbacks that this version does not know. */
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
