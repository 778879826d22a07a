export { cardDetails, type Box } from './card/card-details.js'
export {
  canExtend,
  extendedBy,
  extendedTo,
  EXTENSIONS,
  firstDay,
  type Extension,
} from './card/extend.js'
export { awaitsAcknowledgement, hasNews } from './card/news.js'
export { readerKey, readersByShare, type ShareReaders } from './card/readers-by-share.js'
export { LABEL_MAX, labelOf } from './card/share-label.js'
export { sharedLog, type Shared, type SharedLog } from './card/shared-log.js'
export { createTypedLabel } from './card/typed-label.js'
export { createWatch, type Watch } from './card/watch.js'
export { cardFacts } from './card/card-facts.js'
export { readerDetail } from './card/reader-detail.js'
export { isolated, viewerLabel } from './card/viewer-label.js'
export { shareTrouble } from './card/share-trouble.js'
export { describeError, type Trouble } from './describe-error.js'
export { helpFor, type Help } from './open/refusal-help.js'
export { burnsAfter, minutes } from './open/burn.js'
export { textParts, type TextPart } from './open/text-parts.js'
export { openingFacts, openQuestion, peekFacts } from './open/opening-facts.js'
export { watermarkText } from './open/watermark-text.js'
export { refusalReason } from './open/refusal-reason.js'
export {
  askedAfter,
  filterOptions,
  isFiltering,
  noFilter,
  optionsFor,
  SEARCH_AFTER_MS,
  STATUSES,
  type CardFilter,
} from './list/card-filter.js'
export { sheetOf, type Sheet } from './list/sheets.js'
export { emptyPaged, pagedReducer, type Paged, type PagedAction } from './paged/paged-state.js'
export { askTrouble, isLongNote, mayAsk, NOTE_MAX } from './requests/ask.js'
export { departure, type Departed, type Departure } from './session/departure.js'
export { forgetDevice } from './session/forget-device.js'
export { notProtected, PROTECTED, RECORDED } from './settings/facts.js'
export {
  LANGUAGE_CHOICES,
  languageSetting,
  type LanguageChoice,
  type LanguageSetting,
} from './settings/language-setting.js'
export { isName, nameTrouble } from './settings/own-name.js'
export { summaryOf, textOfCopy, type PersonDataSummary } from './settings/person-data.js'
export { languageNames } from './words/dictionary/language-names.js'
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
export { changeOf, copyOf, toCardChange } from './write/change-card.js'
export { hasPreset, presetPart, PRESETS, type Preset } from './write/presets.js'
export { draftStore, DRAFT_LASTS_MS, type Attempt, type DraftStore } from './write/draft-store.js'
export {
  BODY_MAX,
  count,
  emptyDraft,
  EXPIRIES,
  hasWords,
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
