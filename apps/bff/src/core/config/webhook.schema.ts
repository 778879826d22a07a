import { WebhookEvent } from '@sealcard/protocol'
import { z } from 'zod'
import { hostOf, isPrivateHost } from '../net/public-address.js'
import type { WebhookConfig } from './config.js'
import { isSampleKey } from './keyring-text.js'
import { type SchemaContext, secret } from './secret.schema.js'
import { utcTime } from './utc-time.schema.js'

/** Of one app. */
const MOST = 10
const FORM = 'must be whsec_ and the base64 of 24 to 64 random bytes'
const SAME = 'is the secret of now; give the one before it, or leave "previous" out'
/** Fewer different bytes than that are typed, not drawn: 24 random bytes have them once in 10^20 times. */
const DIFFERENT_BYTES = 8

const webhookSecret = (context: SchemaContext) =>
  secret(context, /^whsec_[A-Za-z0-9+/]{1,128}={0,2}$/, FORM).transform((value, ctx) => {
    const text = value.reveal().slice('whsec_'.length)
    const bytes = Buffer.from(text, 'base64')
    const isWhole = bytes.toString('base64') === text && bytes.length >= 24 && bytes.length <= 64
    if (isWhole && new Set(bytes).size >= DIFFERENT_BYTES && !isSampleKey(bytes)) return value
    const mistake = isWhole ? 'is weak: draw 24 random bytes, openssl rand -base64 24' : FORM
    ctx.addIssue({ code: 'custom', message: mistake })
    return z.NEVER
  })

/** @returns the mistake as text that does not show the URL, or undefined */
const mistakeOf = (text: string, allowPrivate: boolean): string | undefined => {
  const url = URL.canParse(text) ? new URL(text) : undefined
  if (!url || !/^https?:$/.test(url.protocol)) return 'must be an https URL'
  if (url.username || url.password) return 'must hold no user: the signature says who sends'
  if (url.hash) return 'must hold no #'
  if (allowPrivate) return undefined
  if (url.protocol === 'http:') return 'must be https; http needs "allowPrivate": true'
  if (isPrivateHost(hostOf(url)))
    return 'is a private address; it needs "allowPrivate": true if it is meant'
  return undefined
}

const webhook = (context: SchemaContext) =>
  z
    .strictObject({
      url: z.string().max(2048),
      secret: webhookSecret(context),
      previous: z
        .strictObject({ secret: webhookSecret(context), until: utcTime().optional() })
        .optional(),
      events: z
        .array(
          z.enum(WebhookEvent.options, {
            error: `must be one of ${WebhookEvent.options.join(', ')}`,
          }),
        )
        .min(1, 'must name at least one event; leave it out for all')
        .optional(),
      allowPrivate: z.boolean().optional(),
    })
    .superRefine(({ url, secret, previous, allowPrivate = false }, ctx) => {
      const message = mistakeOf(url, allowPrivate)
      if (message) ctx.addIssue({ code: 'custom', path: ['url'], message })
      if (previous?.secret.reveal() === secret.reveal())
        ctx.addIssue({ code: 'custom', path: ['previous', 'secret'], message: SAME })
    })

/** `apps[].webhooks`. */
export const webhooks = (context: SchemaContext): z.ZodType<WebhookConfig[]> =>
  z
    .array(webhook(context))
    .max(MOST, `must have at most ${MOST}`)
    .superRefine((entries, ctx) => {
      for (const [i, { url }] of entries.entries())
        if (entries.findIndex((entry) => entry.url === url) < i)
          ctx.addIssue({ code: 'custom', path: [i, 'url'], message: 'used twice in this app' })
    })
