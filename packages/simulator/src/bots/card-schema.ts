import { z } from 'zod'

/** Text that fits in so many bytes of UTF-8 and has no half of a surrogate pair in it. */
export const Text = (max = Infinity) =>
  z
    .string()
    .refine((text) => text.isWellFormed(), 'has half a surrogate pair in it')
    .refine(
      (text) => Buffer.byteLength(text) <= max,
      `has more than ${max.toLocaleString('en')} bytes of UTF-8`,
    )
const Filled = (max = Infinity) => Text(max).refine((text) => text !== '', 'is empty')
const list = <T extends z.ZodType>(item: T, min: number, max: number) =>
  z
    .array(item)
    .refine((items) => items.length >= min, `needs at least ${min}`)
    .refine((items) => items.length <= max, `has more than ${max}`)
/** A number out of a few; the message names them. */
const oneOf = (...values: number[]) =>
  z.number().refine((value) => values.includes(value), `must be one of ${values.join(', ')}`)

/** `type` says which fields a target needs: 1 url, 2 mini-program. */
type Target = { type?: number | undefined; url?: unknown; appid?: unknown; pagepath?: unknown }
const reachable = (target: Target, ctx: z.RefinementCtx): void => {
  const need = (field: 'url' | 'appid'): void => {
    if (target[field] === undefined || target[field] === '') {
      ctx.addIssue({
        code: 'custom',
        path: [field],
        message: `is required for type ${target.type}`,
      })
    }
  }
  if (target.type === 1) need('url')
  if (target.type === 2) need('appid')
}
const targetFields = {
  url: Text().optional(),
  appid: Text().optional(),
  pagepath: Text().optional(),
}

const Source = z.strictObject({
  icon_url: Text().optional(),
  desc: Text().optional(),
  desc_color: oneOf(0, 1, 2, 3).optional(),
})
const Title = z.strictObject({ title: Text().optional(), desc: Text().optional() })
const CardAction = z.strictObject({ type: oneOf(0, 1, 2), ...targetFields }).superRefine(reachable)
const ActionMenu = z.strictObject({
  desc: Text(),
  action_list: list(z.strictObject({ text: Filled(), key: Filled(1024) }), 1, 3),
})
const QuoteArea = z
  .strictObject({
    type: oneOf(0, 1, 2).optional(),
    ...targetFields,
    title: Text().optional(),
    quote_text: Text().optional(),
  })
  .superRefine(reachable)
const Horizontal = z
  .strictObject({
    keyname: Filled(),
    value: Text().optional(),
    type: oneOf(0, 1, 3).optional(),
    url: Text().optional(),
    userid: Text().optional(),
  })
  .superRefine((row, ctx) => {
    if (row.type === 1 && !row.url) {
      ctx.addIssue({ code: 'custom', path: ['url'], message: 'is required for type 1' })
    }
    if (row.type === 3 && !row.userid) {
      ctx.addIssue({ code: 'custom', path: ['userid'], message: 'is required for type 3' })
    }
  })
const Jump = z
  .strictObject({
    type: oneOf(0, 1, 2, 3).optional(),
    title: Filled(),
    ...targetFields,
    question: Text(200).optional(),
  })
  .superRefine((jump, ctx) => {
    reachable(jump, ctx)
    if (jump.type === 3 && !jump.question) {
      ctx.addIssue({ code: 'custom', path: ['question'], message: 'is required for type 3' })
    }
  })
export const Feedback = z.strictObject({ id: Filled(256) })
const TaskId = Filled(128).refine(
  (id) => /^[0-9A-Za-z_\-@]*$/.test(id),
  'may hold only 0-9, A-Z, a-z, _, - and @',
)

const common = {
  source: Source.optional(),
  main_title: Title.optional(),
  task_id: TaskId.optional(),
  feedback: Feedback.optional(),
}
const extras = {
  quote_area: QuoteArea.optional(),
  horizontal_content_list: list(Horizontal, 0, 6).optional(),
  action_menu: ActionMenu.optional(),
}
const titled = (card: { main_title?: { title?: string | undefined } | undefined }): boolean =>
  Boolean(card.main_title?.title)
const needs = (ctx: z.RefinementCtx, path: string, message: string): void =>
  ctx.addIssue({ code: 'custom', path: path.split('.'), message })
const taskFor = (
  card: { task_id?: string | undefined; action_menu?: unknown },
  ctx: z.RefinementCtx,
): void => {
  if (card.action_menu !== undefined && card.task_id === undefined) {
    needs(ctx, 'task_id', 'is required with action_menu')
  }
}
const unique = (items: string[], ctx: z.RefinementCtx, path: string, what: string): void => {
  if (new Set(items).size < items.length) needs(ctx, path, `repeats a ${what}`)
}

const TextNotice = z
  .strictObject({
    card_type: z.literal('text_notice'),
    ...common,
    ...extras,
    emphasis_content: Title.optional(),
    sub_title_text: Text().optional(),
    jump_list: list(Jump, 0, 3).optional(),
    card_action: CardAction,
  })
  .superRefine((card, ctx) => {
    if (!titled(card) && !card.sub_title_text) {
      needs(ctx, 'main_title.title', 'is required when there is no sub_title_text')
    }
    if (card.card_action.type === 0) needs(ctx, 'card_action.type', 'must be 1 or 2')
    taskFor(card, ctx)
  })

const NewsNotice = z
  .strictObject({
    card_type: z.literal('news_notice'),
    ...common,
    ...extras,
    main_title: Title,
    card_image: z
      .strictObject({
        url: Filled(),
        aspect_ratio: z
          .number()
          .refine((ratio) => ratio >= 1.3 && ratio <= 2.25, 'must be 1.3 to 2.25')
          .optional(),
      })
      .optional(),
    image_text_area: z
      .strictObject({
        type: oneOf(0, 1, 2).optional(),
        ...targetFields,
        title: Text().optional(),
        desc: Text().optional(),
        image_url: Filled(),
      })
      .superRefine(reachable)
      .optional(),
    vertical_content_list: list(
      z.strictObject({ title: Filled(), desc: Text().optional() }),
      0,
      4,
    ).optional(),
    jump_list: list(Jump, 0, 3).optional(),
    card_action: CardAction,
  })
  .superRefine((card, ctx) => {
    if (!titled(card)) needs(ctx, 'main_title.title', 'is required')
    if (card.card_action.type === 0) needs(ctx, 'card_action.type', 'must be 1 or 2')
    if (!card.card_image && !card.image_text_area) {
      needs(ctx, 'card_image', 'is required when there is no image_text_area')
    }
    taskFor(card, ctx)
  })

const Option = z.strictObject({ id: Filled(128), text: Filled() })
const Selection = (max: number) =>
  z
    .strictObject({
      question_key: Filled(1024),
      title: Text().optional(),
      disable: z.boolean().optional(),
      selected_id: Text().optional(),
      option_list: list(Option, 1, max),
    })
    .superRefine((selection, ctx) => {
      const ids = selection.option_list.map(({ id }) => id)
      unique(ids, ctx, 'option_list', 'id')
      if (selection.selected_id && !ids.includes(selection.selected_id)) {
        needs(ctx, 'selected_id', 'is not one of the options')
      }
    })

const ButtonInteraction = z
  .strictObject({
    card_type: z.literal('button_interaction'),
    ...common,
    ...extras,
    main_title: Title,
    sub_title_text: Text().optional(),
    card_action: CardAction.optional(),
    button_selection: Selection(10).optional(),
    button_list: list(
      z.strictObject({ text: Filled(), style: oneOf(1, 2, 3, 4).optional(), key: Filled(1024) }),
      1,
      6,
    ),
  })
  .superRefine((card, ctx) => {
    if (!titled(card)) needs(ctx, 'main_title.title', 'is required')
    if (card.task_id === undefined) needs(ctx, 'task_id', 'is required')
    unique(
      card.button_list.map(({ key }) => key),
      ctx,
      'button_list',
      'key',
    )
  })

const Submit = z.strictObject({ text: Filled(), key: Filled(1024) })

const VoteInteraction = z
  .strictObject({
    card_type: z.literal('vote_interaction'),
    ...common,
    checkbox: z.strictObject({
      question_key: Filled(1024),
      mode: oneOf(0, 1).optional(),
      disable: z.boolean().optional(),
      option_list: list(Option.extend({ is_checked: z.boolean().optional() }), 1, 20),
    }),
    submit_button: Submit,
  })
  .superRefine((card, ctx) => {
    if (card.task_id === undefined) needs(ctx, 'task_id', 'is required')
    unique(
      card.checkbox.option_list.map(({ id }) => id),
      ctx,
      'checkbox.option_list',
      'id',
    )
  })

const MultipleInteraction = z
  .strictObject({
    card_type: z.literal('multiple_interaction'),
    ...common,
    select_list: list(Selection(10), 1, 3),
    submit_button: Submit,
  })
  .superRefine((card, ctx) =>
    unique(
      card.select_list.map((selection) => selection.question_key),
      ctx,
      'select_list',
      'question_key',
    ),
  )

/** Q29, the contract's 5.7: the five kinds of template card with their limits. */
export const TemplateCard = z.discriminatedUnion('card_type', [
  TextNotice,
  NewsNotice,
  ButtonInteraction,
  VoteInteraction,
  MultipleInteraction,
])
export const CARD_TYPES = [
  'text_notice',
  'news_notice',
  'button_interaction',
  'vote_interaction',
  'multiple_interaction',
] as const
