import Taro from '@tarojs/taro'
import { createNavigation } from './create-navigation'

/** Longer than any page takes to open. */
const PATIENCE_MS = 5_000

/** The ways between our pages. */
export const navigation = createNavigation({
  go: (way, url) =>
    new Promise((resolve, reject) => {
      const timer = setTimeout(reject, PATIENCE_MS)
      void Taro[way]({ url })
        .then(resolve, reject)
        .finally(() => clearTimeout(timer))
    }),
  wait: (ms) => new Promise((resolve) => void setTimeout(resolve, ms)),
})
