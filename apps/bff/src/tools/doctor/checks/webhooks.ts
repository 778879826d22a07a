import { wireTime } from '../../../core/time.js'
import { type Sent, WebhookSender } from '../../../webhooks/sending/sender.js'
import { SYSTEM_RESOLVER } from '../../../webhooks/sending/ways.js'
import { shownUrl, type Webhook, Webhooks } from '../../../webhooks/webhook.js'
import { type Check, ok, type Said, wrong } from '../support/check.js'

/** Sends each webhook a signed `webhook.test`, as the administrators' test does. */
export const webhooks: Check = {
  name: 'webhooks',
  timeoutMs: 15_000,
  async run({ config, clock, timers, random }) {
    const { all } = new Webhooks(config)
    if (all.length === 0) return [ok('none', 'none configured')]
    const sender = new WebhookSender(clock, timers, SYSTEM_RESOLVER)
    const test = (webhook: Webhook) =>
      sender.send(webhook, random.id(), {
        type: 'webhook.test',
        timestamp: wireTime(clock.now()),
        data: { app: webhook.app },
      })
    try {
      return await Promise.all(all.map(async (webhook) => said(webhook, await test(webhook))))
    } finally {
      await sender.onApplicationShutdown()
    }
  },
}

const TODO: Readonly<Record<string, string>> = {
  private: 'Give a public address, or set "allowPrivate": true if the receiver is inside.',
  redirect: 'Give the address that it leads to.',
  name: 'Correct the host of `url`, or the DNS of this machine.',
  tls: 'Renew the certificate of the receiver; its name must be the host of `url`.',
  proxy: 'Let the proxy allow this host, or name it in NO_PROXY.',
}
const OTHERWISE = 'Look at the receiver: it must verify the signature and answer 2xx within 10 s.'

const said = ({ app, url }: Webhook, { status, failure }: Sent): Said => {
  const about = `${app} ${shownUrl(url)}`
  if (!failure) return ok('delivered', `a test message was answered ${status}`, about)
  const what = `a test message did not arrive: ${failure.cause}`
  return wrong(`not-delivered-${failure.code}`, what, TODO[failure.code] ?? OTHERWISE, about)
}
