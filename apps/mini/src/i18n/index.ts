import { readSystemInfo } from '@sealcard/kit'
import { platformWx } from '../adapters/wx'
import { languageOf, translator, type Language, type Translate } from '@sealcard/client'

export type { PlainPhrase, Translate } from '@sealcard/client'

let language: Language | undefined
let made: Translate | undefined

/** The language of the client, not of the phone: WeChat and WeCom have their own setting. */
export const t: Translate = (phrase, ...values) => {
  // readSystemInfo falls back to the old call, because WeCom lacks getAppBaseInfo.
  language ??= languageOf(readSystemInfo(platformWx()).language)
  made ??= translator(language)
  return made(phrase, ...values)
}
