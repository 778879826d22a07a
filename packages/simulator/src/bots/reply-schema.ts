import { createHash } from 'node:crypto'
import { z } from 'zod'
import { Feedback, TemplateCard, Text } from './card-schema.js'

export const CONTENT_BYTES = 20_480
const IMAGE_BYTES = 10 * 1024 * 1024

const JPEG = Buffer.from([0xff, 0xd8, 0xff])
const PNG = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])

const Image = z.strictObject({ base64: z.string(), md5: z.string() }).superRefine((image, ctx) => {
  const bytes = Buffer.from(image.base64, 'base64')
  const issue = (path: string, message: string): void =>
    ctx.addIssue({ code: 'custom', path: [path], message })
  if (bytes.length === 0 || bytes.toString('base64') !== image.base64) {
    return issue('base64', 'is not base64')
  }
  if (bytes.length > IMAGE_BYTES) issue('base64', 'is more than 10 MB')
  const known = [JPEG, PNG].some((head) => bytes.subarray(0, head.length).equals(head))
  if (!known) issue('base64', 'is neither a JPG nor a PNG')
  const md5 = createHash('md5').update(bytes).digest('hex')
  if (md5 !== image.md5) issue('md5', 'is not that of the image before it was put in base64')
})

const Stream = z
  .strictObject({
    id: Text()
      .refine((id) => id !== '', 'is empty')
      .optional(),
    finish: z.boolean().optional(),
    content: Text(CONTENT_BYTES).optional(),
    msg_item: z
      .array(z.strictObject({ msgtype: z.literal('image'), image: Image }))
      .refine((items) => items.length <= 10, 'has more than 10 images')
      .optional(),
    feedback: Feedback.optional(),
  })
  .superRefine((stream, ctx) => {
    if (stream.msg_item !== undefined && stream.finish !== true) {
      ctx.addIssue({ code: 'custom', path: ['msg_item'], message: 'comes only with finish: true' })
    }
  })

/** Q29, the contract's 5.6: what a bot answers, before it is encrypted. */
export const REPLIES = {
  text: z.strictObject({
    msgtype: z.literal('text'),
    text: z.strictObject({ content: Text() }),
  }),
  stream: z.strictObject({ msgtype: z.literal('stream'), stream: Stream }),
  template_card: z.strictObject({
    msgtype: z.literal('template_card'),
    template_card: TemplateCard,
  }),
  stream_with_template_card: z.strictObject({
    msgtype: z.literal('stream_with_template_card'),
    stream: Stream,
    template_card: TemplateCard.optional(),
  }),
  update_template_card: z.strictObject({
    response_type: z.literal('update_template_card'),
    userids: z.array(Text()).optional(),
    template_card: TemplateCard,
  }),
} as const
export type ReplyKind = keyof typeof REPLIES

/** Q31: the later answer through response_url. */
export const ACTIVE = {
  markdown: z.strictObject({
    msgtype: z.literal('markdown'),
    markdown: z.strictObject({
      content: Text(CONTENT_BYTES).refine((text) => text !== '', 'is empty'),
      feedback: Feedback.optional(),
    }),
  }),
  template_card: REPLIES.template_card,
} as const
