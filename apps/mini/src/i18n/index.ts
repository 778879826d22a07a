import { readSystemInfo, wxStorage } from '@sealcard/kit'
import { platformWx } from '../adapters/wx'
import {
  languageOf,
  languageSetting,
  translator,
  translatorOf,
  type LanguageSetting,
  type Translate,
  type TranslateOf,
} from '@sealcard/client'
import { miniWords } from './mini-words'

export type { PlainPhrase, Translate } from '@sealcard/client'

const SAY = {
  zh: { t: translator('zh'), w: translatorOf(miniWords, 'zh') },
  en: { t: translator('en'), w: translatorOf(miniWords, 'en') },
}

let setting: LanguageSetting | undefined

/** The language of the client, not of the phone: WeChat and WeCom have their own setting. A person may choose another. */
export const languages = (): LanguageSetting =>
  (setting ??= languageSetting(wxStorage(platformWx()), () =>
    // readSystemInfo falls back to the old call, because WeCom lacks getAppBaseInfo.
    languageOf(readSystemInfo(platformWx()).language),
  ))

export const t: Translate = (phrase, ...values) => SAY[languages().language()].t(phrase, ...values)

/** What only the mini-program says. */
export const w: TranslateOf<typeof miniWords> = (phrase, ...values) =>
  SAY[languages().language()].w(phrase, ...values)
