/** The part of `@dcloudio/uni-app` that the example uses, as its declarations have it. */
declare module '@dcloudio/uni-app' {
  export const onLoad: (hook: (query?: Record<string, string | undefined>) => void) => void
  export const onShow: (hook: () => void) => void
  export const onUnload: (hook: () => void) => void
  export const onShareAppMessage: (
    hook: () => { title: string; path: string; imageUrl: string },
  ) => void
}
