import { createWatch } from '@sealcard/client'
import { useDidHide, useDidShow, useUnload } from '@tarojs/taro'
import { useEffect, useRef } from 'react'

const after = (ms: number, then: () => void) => {
  const timer = setTimeout(then, ms)
  return () => clearTimeout(timer)
}

/** Asks for news while the page is seen. @param on there is something to wait for */
export const useWatch = (on: boolean, ask: () => Promise<boolean>) => {
  const latest = useRef(ask)
  latest.current = ask
  const watch = useRef(createWatch({ ask: () => latest.current(), after })).current
  const seen = useRef(true)

  const follow = () => (on && seen.current ? watch.start() : watch.stop())
  useDidShow(() => {
    seen.current = true
    follow()
  })
  useDidHide(() => {
    seen.current = false
    watch.stop()
  })
  useUnload(() => watch.stop())
  useEffect(follow, [on])
}
