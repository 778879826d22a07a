import { Body, Get, Inject, Injectable, Param, Post } from '@nestjs/common'
import { type AdminWebhook, AdminWebhooks, WebhookTest } from '@sealcard/protocol'
import { adminAuditEntry } from '../../accounts/admin-audit-entry.js'
import { AuditLog } from '../../audit/audit-log.js'
import { ApiError } from '../../core/errors/api-error.js'
import { asId } from '../../core/ids.js'
import { CLOCK, type Clock } from '../../core/ports/clock.js'
import { RANDOM, type Random } from '../../core/ports/random.js'
import { wireTime, wireTimeOrNull } from '../../core/time.js'
import { Administrators, Rule } from '../../http/access/decorators.js'
import { Admin, type AdminPrincipal } from '../../http/access/principals.js'
import { Answers, BODY_ERRORS, Problems } from '../../http/openapi/api-docs.js'
import { NoBody, valid } from '../../http/parsing/validation.js'
import { WebhookWorker } from '../../webhooks/delivery/worker.js'
import { WebhookSender } from '../../webhooks/sending/sender.js'
import { WebhookDeliveries } from '../../webhooks/storage/deliveries.js'
import { WebhookStates } from '../../webhooks/storage/states.js'
import { shownUrl, Webhooks } from '../../webhooks/webhook.js'

/** The webhooks of all apps, as every process sees them. */
@Injectable()
export class WebhookList {
  constructor(
    private readonly webhooks: Webhooks,
    private readonly deliveries: WebhookDeliveries,
    private readonly states: WebhookStates,
  ) {}

  async all(): Promise<AdminWebhook[]> {
    const { all } = this.webhooks
    const [queues, states] = await Promise.all([
      this.deliveries.queues(),
      this.states.of(all.map(({ id }) => id)),
    ])
    return all.map(({ id, app, url, events, allowPrivate }): AdminWebhook => {
      const state = states.get(id)
      const { queued = 0, nextAt = null } = queues.get(id) ?? {}
      const waits = nextAt !== null && !state?.disabledAt
      return {
        id,
        app,
        url: shownUrl(url),
        events: [...events],
        allowPrivate,
        queued,
        lastSuccessAt: wireTimeOrNull(state?.lastSuccessAt ?? null),
        lastFailure:
          state?.lastFailure && state.lastFailureAt !== null
            ? {
                at: wireTime(state.lastFailureAt),
                code: state.lastFailure,
                cause: state.lastFailureCause ?? '',
              }
            : null,
        nextTryAt: waits ? wireTime(Math.max(nextAt, state?.pausedUntil ?? 0)) : null,
        disabledAt: wireTimeOrNull(state?.disabledAt ?? null),
        givenUp: state?.givenUp ?? 0,
        lastGivenUpAt: wireTimeOrNull(state?.lastGivenUpAt ?? null),
      }
    })
  }
}

/** Sends a test message. One that arrives ends every pause. */
@Injectable()
export class WebhookTrial {
  constructor(
    private readonly webhooks: Webhooks,
    private readonly sender: WebhookSender,
    private readonly states: WebhookStates,
    private readonly worker: WebhookWorker,
    private readonly audit: AuditLog,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(RANDOM) private readonly random: Random,
  ) {}

  /** @throws ApiError ERR_NOT_FOUND */
  async run(by: AdminPrincipal, asked: string): Promise<WebhookTest> {
    const id = asId(asked)
    const webhook = this.webhooks.find(id)
    if (!webhook) throw new ApiError('ERR_NOT_FOUND')
    const at = wireTime(this.clock.now())
    const message = { type: 'webhook.test', timestamp: at, data: { app: webhook.app } } as const
    const { status, ms, failure } = await this.sender.send(webhook, this.random.id(), message)
    await this.states.get(id)
    if (failure) await this.states.failed(id, failure)
    else await this.states.succeeded(id)
    const decision = failure ? 'failed' : 'done'
    const why = failure?.cause ?? `status=${status}`
    await this.audit.append(
      adminAuditEntry(by, { kind: 'webhook.test', subject: id, decision, why }),
    )
    if (!failure) this.worker.wake()
    return { at, delivered: !failure, status, ms, ...failure }
  }
}

/** The webhooks of the configuration, and whether their messages arrive. */
@Administrators()
export class WebhookController {
  constructor(
    private readonly list: WebhookList,
    private readonly trial: WebhookTrial,
  ) {}

  @Get('webhooks')
  @Rule('read')
  @Answers(200, AdminWebhooks)
  @Problems()
  async webhooks(): Promise<AdminWebhooks> {
    return { items: await this.list.all() }
  }

  /** Sends a signed `webhook.test` now, whatever waits. It enables a webhook that answered 410, if it arrives. */
  @Post('webhooks/:webhookId/test')
  @Rule('manage')
  @Answers(200, WebhookTest)
  @Problems(...BODY_ERRORS, 'ERR_NOT_FOUND')
  test(
    @Admin() by: AdminPrincipal,
    @Param('webhookId') webhookId: string,
    @Body(valid(NoBody)) _body: NoBody,
  ): Promise<WebhookTest> {
    return this.trial.run(by, webhookId)
  }
}
