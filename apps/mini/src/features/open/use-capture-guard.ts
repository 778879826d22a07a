import { useUnload } from '@tarojs/taro'
import { useEffect } from 'react'
import { platformWx } from '../../adapters/wx'

/** Keeps the page out of screenshots while `on`, where the system can; elsewhere the call fails and nothing changes. */
export const useCaptureGuard = (on: boolean) => {
  useEffect(() => {
    if (on) setEffect('hidden')
  }, [on])
  // The effect belongs to the app, not to the page.
  useUnload(() => {
    if (on) setEffect('none')
  })
}

const setEffect = (visualEffect: 'none' | 'hidden') =>
  platformWx().setVisualEffectOnCapture?.({ visualEffect, fail: () => undefined })
