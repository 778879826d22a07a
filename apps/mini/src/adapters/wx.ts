import type { WxCallbacks, WxLike } from '@sealcard/kit'

interface MiniProgramWx extends WxLike {
  /** Base library 2.20.1; hides the page from screenshots and recordings where the system can. */
  setVisualEffectOnCapture?(options: { visualEffect: 'none' | 'hidden' } & WxCallbacks): void
}

declare const wx: MiniProgramWx

/** The platform's global. Taro's own object lacks the types and, for some calls, the promise. */
export const platformWx = (): MiniProgramWx => wx
