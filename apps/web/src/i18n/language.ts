import { languageOf, type Language } from '@sealcard/client'

/** WeCom writes its own language into its user agent; elsewhere the browser's counts. */
export const languageOfPage = ({
  userAgent,
  language,
}: {
  userAgent: string
  language: string
}): Language => languageOf(/\bLanguage\/([\w-]+)/i.exec(userAgent)?.[1] ?? language)
