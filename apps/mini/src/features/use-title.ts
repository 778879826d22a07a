import Taro, { useLoad } from '@tarojs/taro'
import { t, type PlainPhrase } from '../i18n'

/** The navigation bar's text in the client's language; page.json can hold only one. */
export const useTitle = (phrase: PlainPhrase) => {
  useLoad(() => {
    void Taro.setNavigationBarTitle({ title: t(phrase) }).catch(() => undefined)
  })
}
