import { type Language, translatorOf, type TranslateOf, type Words } from '@sealcard/client'
import { useMemo, useSyncExternalStore } from 'react'
import { useServices } from '../services'

export type { Language, Words }

/** The language of the console now. */
export const useLanguage = (): Language => {
  const { languages } = useServices()
  return useSyncExternalStore(languages.subscribe, languages.language)
}

/** Says the phrases of a dictionary. A phrase that it lacks does not compile. */
export const useWords = <W extends Words>(words: W): TranslateOf<W> => {
  const language = useLanguage()
  return useMemo(() => translatorOf(words, language), [words, language])
}
