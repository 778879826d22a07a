import Taro, { useDidHide, useDidShow } from '@tarojs/taro'
import { useEffect, useRef, useSyncExternalStore } from 'react'
import { languages, t, type PlainPhrase } from '../i18n'

/**
 * The navigation bar's text in the person's language; page.json can hold only one. The page is drawn anew when the
 * language changes.
 */
export const useTitle = (phrase: PlainPhrase) => {
  const language = useSyncExternalStore(languages().subscribe, languages().language)
  const shown = useRef(true)
  const set = () => {
    // The call is about the page on top.
    if (shown.current) void Taro.setNavigationBarTitle({ title: t(phrase) }).catch(() => undefined)
  }
  useDidShow(() => {
    shown.current = true
    set()
  })
  useDidHide(() => {
    shown.current = false
  })
  useEffect(set, [language, phrase])
}
