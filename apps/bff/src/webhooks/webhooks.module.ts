import { Module } from '@nestjs/common'
import { MembersModule } from '../members/members.module.js'
import { WebhookDelivery } from './delivery/delivery.js'
import { WebhookMessages } from './delivery/messages.js'
import { WebhookMetrics } from './delivery/webhook-metrics.js'
import { WebhookTools, WebhookWorker } from './delivery/worker.js'
import { CardExpiries } from './events/card-expiries.js'
import { EventWriter } from './events/event-writer.js'
import { WebhookSender } from './sending/sender.js'
import { RESOLVER, SYSTEM_RESOLVER } from './sending/ways.js'
import { WebhookDeliveries } from './storage/deliveries.js'
import { WebhookStates } from './storage/states.js'
import { Webhooks } from './webhook.js'

/** Sends events to the servers of adopters. */
@Module({
  imports: [MembersModule],
  providers: [
    Webhooks,
    EventWriter,
    CardExpiries,
    WebhookDeliveries,
    WebhookStates,
    WebhookMessages,
    WebhookDelivery,
    WebhookMetrics,
    WebhookTools,
    WebhookWorker,
    WebhookSender,
    { provide: RESOLVER, useValue: SYSTEM_RESOLVER },
  ],
  exports: [Webhooks, WebhookSender, WebhookStates, WebhookDeliveries, WebhookWorker],
})
export class WebhooksModule {}
