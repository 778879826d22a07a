import { z } from 'zod'

const Base64 = z.base64()
const Text = z.string().min(1).max(20_000)
const Quote = z.looseObject({ msgtype: z.enum(['text', 'image', 'mixed', 'voice', 'file']) })

const common = {
  /** Id of a person of the world. */
  from: z.string(),
  /** As a person of another corp, who has the same userid there. That the platform delivers it: UNCONFIRMED. */
  corpid: z.string().min(1).max(64).optional(),
  /** `reply`: answer after the bot's first reply and refresh its stream in the background. */
  wait: z.enum(['reply', 'finish']).default('finish'),
}
const often = {
  repeat: z.int().min(1).max(1000).optional(),
  sign: z.enum(['each', 'once']).optional(),
}
/** `chat`: id of a WeCom group. */
const chat = z.string().optional()
const message = { ...common, ...often, chat, quote: Quote.optional(), msgid: z.string().optional() }

/** `POST /simulator/bots/:bot/sends` */
export const Send = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('text'), ...message, text: Text }),
  z.strictObject({
    kind: z.literal('mixed'),
    ...message,
    items: z
      .array(z.union([z.strictObject({ text: Text }), z.strictObject({ image: Base64 })]))
      .min(1),
  }),
  z.strictObject({ kind: z.literal('image'), ...message, data: Base64 }),
  z.strictObject({ kind: z.literal('voice'), ...message, transcript: Text }),
  z.strictObject({ kind: z.literal('file'), ...message, data: Base64 }),
  z.strictObject({ kind: z.literal('video'), ...message, data: Base64 }),
  z.strictObject({ kind: z.literal('enter'), ...common, force: z.boolean().optional() }),
  z.strictObject({
    kind: z.literal('click'),
    ...common,
    ...often,
    chat,
    task_id: z.string().max(128),
    event_key: z.string().max(1024),
    card_type: z.string().optional(),
    selected_items: z.record(z.string(), z.array(z.string())).optional(),
  }),
  z.strictObject({
    kind: z.literal('feedback'),
    ...common,
    chat,
    id: z.string().max(256),
    type: z.literal([1, 2, 3]),
    content: z.string().max(2000).optional(),
    inaccurate_reason_list: z.array(z.literal([1, 2, 3, 4])).optional(),
  }),
])
export type Send = z.infer<typeof Send>
export type SendInput = z.input<typeof Send>
