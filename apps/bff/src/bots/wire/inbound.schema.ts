import { z } from 'zod'

const text = z.looseObject({ content: z.string() })
/** Never fetched, so the name of its address does not matter: `url` is documented, `pic_url` was seen. */
const media = z.looseObject({})
/** An unknown item must not hide the words beside it. `wordsOf` takes what it knows. */
const mixed = z.looseObject({ msg_item: z.array(z.unknown()) })

/** A quoted message. Only its words matter. An unknown kind has none. */
const quote = z.union([
  z.looseObject({ msgtype: z.literal('text'), text }),
  z.looseObject({ msgtype: z.literal('voice'), voice: text }),
  z.looseObject({ msgtype: z.literal('mixed'), mixed }),
  z.looseObject({ msgtype: z.string() }),
])

/**
 * Common to all callbacks (WeCom 100719). Other keys are ignored. An optional key that is null, empty or of another type
 * counts as absent. `groupOf` decides whether the message is from a group.
 */
export const Envelope = z.looseObject({
  msgid: z.union([z.string().min(1).max(512), z.number()]),
  from: z.looseObject({ userid: z.string().min(1).max(512) }),
  response_url: z.string().min(1).max(4096).optional().catch(undefined),
  msgtype: z.string(),
  quote: quote.optional().catch(undefined),
})
export type Envelope = z.infer<typeof Envelope>

const event = <Name extends string, Shape extends z.ZodRawShape>(name: Name, shape: Shape) =>
  z.looseObject({
    msgtype: z.literal('event'),
    event: z.looseObject({ eventtype: z.literal(name), ...shape }),
  })

/** A pressed button. The keys are those of the samples; the table on the page spells them differently. */
const pressed = z.looseObject({
  event_key: z.string().max(1024),
  task_id: z.string().max(128),
})

/** The keys of each kind (WeCom 100719, 101027). */
export const Content = z.union([
  z.looseObject({ msgtype: z.literal('text'), text }),
  z.looseObject({ msgtype: z.literal('voice'), voice: text }),
  z.looseObject({ msgtype: z.literal('mixed'), mixed }),
  z.looseObject({ msgtype: z.literal('image'), image: media }),
  z.looseObject({ msgtype: z.literal('file'), file: media }),
  z.looseObject({ msgtype: z.literal('video'), video: media }),
  z.looseObject({
    msgtype: z.literal('stream'),
    stream: z.looseObject({ id: z.string().max(128) }),
  }),
  event('enter_chat', {}),
  event('template_card_event', { template_card_event: pressed }),
  // The platform's SDK has the keys one level higher.
  event('template_card_event', pressed.shape),
  event('feedback_event', {
    feedback_event: z.looseObject({ id: z.string().max(256), type: z.int() }),
  }),
])
export type Content = z.infer<typeof Content>
