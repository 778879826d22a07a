import { readSystemInfo, wxStorage } from '@sealcard/kit'
import { platformWx } from '../adapters/wx'
import {
  languageOf,
  languageSetting,
  translator,
  type LanguageSetting,
  type Translate,
} from '@sealcard/client'

export type { PlainPhrase, Translate } from '@sealcard/client'

const SAY = { zh: translator('zh'), en: translator('en') }

let setting: LanguageSetting | undefined

/** The language of the client, not of the phone: WeChat and WeCom have their own setting. A person may choose another. */
export const languages = (): LanguageSetting =>
  (setting ??= languageSetting(wxStorage(platformWx()), () =>
    // readSystemInfo falls back to the old call, because WeCom lacks getAppBaseInfo.
    languageOf(readSystemInfo(platformWx()).language),
  ))

export const t: Translate = (phrase, ...values) => SAY[languages().language()](phrase, ...values)
