import { useDidShow, useUnload } from '@tarojs/taro'
import { useEffect, useRef, useState } from 'react'
import { platformWx } from '../../adapters/wx'
import { createCaptureGuard, type CaptureEffect } from './capture-guard'

/** The platform names no limit of its own for the call. */
const PATIENCE_MS = 2_000

const setEffect = (visualEffect: CaptureEffect) =>
  new Promise<void>((resolve) => {
    const wx = platformWx()
    // Base library 2.20.1. Who has an older one reads without the guard: the sender asked to hinder, not to forbid.
    if (!wx.setVisualEffectOnCapture) return resolve()
    const timer = setTimeout(resolve, PATIENCE_MS)
    const done = () => {
      clearTimeout(timer)
      resolve()
    }
    wx.setVisualEffectOnCapture({ visualEffect, success: done, fail: done })
  })

const guard = createCaptureGuard(setEffect)

/**
 * Keeps the page out of screenshots while `on`, where the system can.
 * @returns whether what is to be guarded may be rendered: not before the platform was asked and answered
 */
export const useCaptureGuard = (on: boolean): boolean => {
  const [asked, setAsked] = useState(false)
  const holder = useRef({}).current

  useEffect(() => {
    if (!on) return undefined
    let mounted = true
    void guard.hold(holder).then(() => mounted && setAsked(true))
    return () => {
      mounted = false
      setAsked(false)
      guard.release(holder)
    }
  }, [on, holder])
  // Another mini-program, or the system, may have changed it while this page was hidden.
  useDidShow(() => {
    if (on) void guard.hold(holder)
  })
  useUnload(() => guard.release(holder))

  return !on || asked
}
