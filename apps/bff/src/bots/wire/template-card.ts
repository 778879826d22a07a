import type { InternalErrorCode } from '@sealcard/protocol'
import { z } from 'zod'

/** At least one character, at most so many bytes of UTF-8. */
export const bytes = (max: number) =>
  z
    .string()
    .min(1)
    .refine((text) => Buffer.byteLength(text) <= max, `must have at most ${max} bytes`)

const line = z.string().min(1)
const url = z.url({ protocol: /^https?$/ })
/** WeCom 101032: the mini-program must be linked to the app. */
const miniProgram = { appid: line, pagepath: line.optional() }
const taskId = z
  .string()
  .regex(/^[0-9A-Za-z_@-]{1,128}$/, 'must be 1 to 128 letters, digits, _, - or @')

const source = z.strictObject({
  icon_url: url.optional(),
  desc: line.optional(),
  /** 0 grey, 1 black, 2 red, 3 green. */
  desc_color: z.int().min(0).max(3).optional(),
})
const mainTitle = z.strictObject({ title: line.optional(), desc: line.optional() })
const action = z.strictObject({ text: line, key: bytes(1024) })
const actionMenu = z.strictObject({
  desc: line,
  action_list: z.array(action).min(1).max(3),
})
const quoteArea = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal(0), title: line.optional(), quote_text: line.optional() }),
  z.strictObject({
    type: z.literal(1),
    url,
    title: line.optional(),
    quote_text: line.optional(),
  }),
  z.strictObject({
    type: z.literal(2),
    ...miniProgram,
    title: line.optional(),
    quote_text: line.optional(),
  }),
])
const horizontalContent = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal(0), keyname: line, value: line.optional() }),
  z.strictObject({ type: z.literal(1), keyname: line, value: line.optional(), url }),
  z.strictObject({ type: z.literal(3), keyname: line, value: line.optional(), userid: line }),
])
const jump = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal(0), title: line }),
  z.strictObject({ type: z.literal(1), title: line, url }),
  z.strictObject({ type: z.literal(2), title: line, ...miniProgram }),
  z.strictObject({ type: z.literal(3), title: line, question: bytes(200) }),
])
const target = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal(1), url }),
  z.strictObject({ type: z.literal(2), ...miniProgram }),
])
const optionalTarget = z.union([z.strictObject({ type: z.literal(0) }), target])
const feedback = z.strictObject({ id: bytes(256) })

const distinct =
  <K extends string>(key: K) =>
  (items: readonly Record<K, string>[]): boolean =>
    new Set(items.map((item) => item[key])).size === items.length

const common = { source: source.optional(), feedback: feedback.optional() }
const body = {
  ...common,
  quote_area: quoteArea.optional(),
  horizontal_content_list: z.array(horizontalContent).max(6).optional(),
}
const noticeBody = {
  ...body,
  jump_list: z.array(jump).max(3).optional(),
  card_action: target,
  action_menu: actionMenu.optional(),
  task_id: taskId.optional(),
}
/** A choice of the menu comes back as an event, which names the card by its task_id. */
const menuHasTask = (card: { action_menu?: unknown; task_id?: unknown }): boolean =>
  card.action_menu === undefined || card.task_id !== undefined
const needsTask = { path: ['task_id'], error: 'is needed with action_menu' }

export const TextNotice = z
  .strictObject({
    card_type: z.literal('text_notice'),
    main_title: mainTitle.optional(),
    emphasis_content: mainTitle.optional(),
    sub_title_text: line.optional(),
    ...noticeBody,
  })
  .refine((card) => card.main_title?.title !== undefined || card.sub_title_text !== undefined, {
    path: ['main_title', 'title'],
    error: 'or sub_title_text is needed',
  })
  .refine(menuHasTask, needsTask)

const titled = z.strictObject({ title: line, desc: line.optional() })

const selection = z.strictObject({
  question_key: bytes(1024),
  title: line.optional(),
  disable: z.boolean().optional(),
  selected_id: bytes(128).optional(),
  option_list: z
    .array(z.strictObject({ id: bytes(128), text: line }))
    .min(1)
    .max(10)
    .refine(distinct('id'), 'ids must differ'),
})

export const ButtonInteraction = z.strictObject({
  card_type: z.literal('button_interaction'),
  main_title: titled,
  sub_title_text: line.optional(),
  ...body,
  card_action: optionalTarget.optional(),
  action_menu: actionMenu.optional(),
  button_selection: selection.optional(),
  button_list: z
    .array(action.extend({ style: z.int().min(1).max(4).optional() }))
    .min(1)
    .max(6)
    .refine(distinct('key'), 'keys must differ'),
  task_id: taskId,
})

/** The kinds of 101032 that the bot sends, with the limits that the platform refuses cards for. */
export const TemplateCard = z.discriminatedUnion('card_type', [TextNotice, ButtonInteraction])
export type TemplateCard = z.infer<typeof TemplateCard>

/** The platform would refuse the card. This is our mistake, not the person's. */
export class TemplateCardError extends TypeError {
  readonly code = 'ERR_TEMPLATE_CARD' satisfies InternalErrorCode

  constructor(kind: string, issues: readonly z.core.$ZodIssue[]) {
    const [first] = issues
    super(`${kind}: ${first?.path.join('.') ?? ''} ${first?.message ?? ''}`)
    this.name = 'TemplateCardError'
  }
}

type Fields<T extends z.ZodType> = Omit<z.input<T>, 'card_type'>

const builder =
  <T extends z.ZodType>(kind: string, schema: T) =>
  (fields: Fields<T>): z.output<T> => {
    const result = schema.safeParse({ card_type: kind, ...fields })
    if (!result.success) throw new TemplateCardError(kind, result.error.issues)
    return result.data
  }

/** Builders of template cards (WeCom 101032). @throws TemplateCardError naming the field */
export const textNotice = builder('text_notice', TextNotice)
export const buttonInteraction = builder('button_interaction', ButtonInteraction)
