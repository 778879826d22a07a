export { cardDetails, type Box } from './card/card-details.js'
export { cardFacts } from './card/card-facts.js'
export { readerDetail } from './card/reader-detail.js'
export { viewerLabel } from './card/viewer-label.js'
export { shareTrouble } from './card/share-trouble.js'
export { describeError, type Trouble } from './describe-error.js'
export { helpFor, type Help } from './open/refusal-help.js'
export { openingFacts, openQuestion, peekFacts } from './open/opening-facts.js'
export { refusalReason } from './open/refusal-reason.js'
export { emptyPaged, pagedReducer, type Paged, type PagedAction } from './paged/paged-state.js'
export { dictionary } from './words/dictionary.js'
export type { Words } from './words/dictionary/words.js'
export { formatTime } from './words/format-time.js'
export {
  languageOf,
  translator,
  translatorOf,
  type Language,
  type Phrase,
  type PlainPhrase,
  type PlainPhraseOf,
  type Translate,
  type TranslateOf,
} from './words/translate.js'
export { breachesIn, sayRules } from './write/company-rules.js'
export { draftStore, DRAFT_LASTS_MS, type Attempt, type DraftStore } from './write/draft-store.js'
export {
  BODY_MAX,
  count,
  emptyDraft,
  EXPIRIES,
  LASTS_HOURS,
  LIMIT_MAX,
  mistakesIn,
  TITLE_MAX,
  toCreateCard,
  type Draft,
  type Expiry,
  type Mistake,
} from './write/draft.js'
export { sayMistake } from './write/say-mistake.js'
export { submitDraft, type SubmitOptions } from './write/submit-draft.js'
