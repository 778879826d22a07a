import type { Pages } from '../pages.js'
import { api } from './settle.js'

export interface MiscSource {
  pages: Pages
  changed: () => void
  captureEffect: (effect: string) => void
}

interface ColourOptions {
  frontColor: string
  backgroundColor: string
}

const silent = () => {}

export const miscApis = ({ pages, changed, captureEffect }: MiscSource) => {
  const bar = (change: (page: NonNullable<typeof pages.top>) => void) => {
    if (!pages.top) return
    change(pages.top)
    changed()
  }
  return {
    setNavigationBarTitle: api<{ title: string }>('setNavigationBarTitle', ({ title }) =>
      bar((page) => {
        page.window = { ...page.window, title: String(title) }
      }),
    ),
    setNavigationBarColor: api<ColourOptions>('setNavigationBarColor', (colours) =>
      bar((page) => {
        const textStyle = /^#0{3,6}$/.test(colours.frontColor) ? 'black' : 'white'
        page.window = { ...page.window, backgroundColor: colours.backgroundColor, textStyle }
      }),
    ),
    showNavigationBarLoading: api('showNavigationBarLoading', () =>
      bar((page) => {
        page.loading = true
      }),
    ),
    hideNavigationBarLoading: api('hideNavigationBarLoading', () =>
      bar((page) => {
        page.loading = false
      }),
    ),
    hideHomeButton: api('hideHomeButton', silent),
    setBackgroundColor: api('setBackgroundColor', silent),
    setBackgroundTextStyle: api('setBackgroundTextStyle', silent),
    setVisualEffectOnCapture: api<{ visualEffect: string }>(
      'setVisualEffectOnCapture',
      ({ visualEffect }) => captureEffect(visualEffect),
    ),
    startPullDownRefresh: api('startPullDownRefresh', () => {
      const onPullDownRefresh = pages.top?.instance.onPullDownRefresh
      if (typeof onPullDownRefresh === 'function') (onPullDownRefresh as () => void)()
    }),
    stopPullDownRefresh: api('stopPullDownRefresh', silent),
    pageScrollTo: api<{ scrollTop?: number }>('pageScrollTo', ({ scrollTop = 0 }) => {
      document.documentElement.scrollTop = scrollTop
    }),
    hideKeyboard: api('hideKeyboard', () => (document.activeElement as HTMLElement)?.blur?.()),
    vibrateShort: api('vibrateShort', silent),
    vibrateLong: api('vibrateLong', silent),
    getNetworkType: api('getNetworkType', () => ({ networkType: 'wifi', weakNet: false })),
    reportEvent: silent,
    nextTick: (work: () => void) => setTimeout(work, 0),
    createSelectorQuery: () => pages.top?.instance.createSelectorQuery?.(),
    getUpdateManager: () => ({
      onCheckForUpdate: silent,
      onUpdateReady: silent,
      onUpdateFailed: silent,
      applyUpdate: silent,
    }),
    getLogManager: () => ({ log: silent, info: silent, warn: silent, debug: silent }),
    getRealtimeLogManager: () => ({ info: silent, warn: silent, error: silent }),
    env: { USER_DATA_PATH: 'http://usr' },
  }
}
