import type { KeyValue } from '@sealcard/kit'
import type { Language } from '../words/translate.js'

export const LANGUAGE_CHOICES = ['system', 'zh', 'en'] as const
export type LanguageChoice = (typeof LANGUAGE_CHOICES)[number]

/** In which language a client speaks: its own, or the one that the person chose. */
export interface LanguageSetting {
  choice: () => LanguageChoice
  language: () => Language
  choose: (choice: LanguageChoice) => void
  /** @returns ends it */
  subscribe: (changed: () => void) => () => void
}

const KEY = 'sealcard.language'

/** @param system reads the client's own language */
export const languageSetting = (storage: KeyValue, system: () => Language): LanguageSetting => {
  const listeners = new Set<() => void>()
  let current: LanguageChoice | undefined
  let own: Language | undefined
  const choice = () => (current ??= choiceOf(storage.get(KEY)))
  return {
    choice,
    language() {
      const chosen = choice()
      return chosen === 'system' ? (own ??= system()) : chosen
    },
    choose(next) {
      current = next
      if (next === 'system') storage.remove(KEY)
      else storage.set(KEY, next)
      for (const changed of [...listeners]) changed()
    },
    subscribe(changed) {
      listeners.add(changed)
      return () => void listeners.delete(changed)
    },
  }
}

const choiceOf = (stored: string | null): LanguageChoice =>
  LANGUAGE_CHOICES.find((one) => one === stored) ?? 'system'
