import type { z } from 'zod'
import {
  ButtonInteraction,
  MultipleInteraction,
  NewsNotice,
  TextNotice,
  VoteInteraction,
} from './template-card.schema.js'

/** A card that would be refused by the platform; a mistake of ours, never of the person who asked. */
export class TemplateCardError extends TypeError {
  readonly code = 'ERR_TEMPLATE_CARD'

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

/** Builders of the five kinds of template card (WeCom 101032). @throws TemplateCardError naming the field */
export const textNotice = builder('text_notice', TextNotice)
export const newsNotice = builder('news_notice', NewsNotice)
export const buttonInteraction = builder('button_interaction', ButtonInteraction)
export const voteInteraction = builder('vote_interaction', VoteInteraction)
export const multipleInteraction = builder('multiple_interaction', MultipleInteraction)
