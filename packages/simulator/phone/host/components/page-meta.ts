import type { BaseTag } from './base.js'

/**
 * `page-meta`, the first node of a page: `root-font-size="system"` makes 1rem the text size that the person chose in the
 * client (base library 2.11.0). The other properties are taken and do nothing here.
 */
export const pageMeta: BaseTag = {
  properties: {
    rootFontSize: String,
    pageFontSize: String,
    pageStyle: String,
    rootBackgroundColor: String,
    backgroundColor: String,
    backgroundColorTop: String,
    backgroundColorBottom: String,
    backgroundTextStyle: String,
    pageOrientation: String,
    scrollTop: null,
    scrollDuration: null,
  },
  setup: ({ el }, { fontSizeSetting }) => ({
    rootFontSize: (value: string) => {
      if (value === '') return
      el.dataset.rootFontSize = value === 'system' ? `${fontSizeSetting}px` : value
      applyRootFontSize(el.closest('wx-page-box'))
    },
  }),
}

/** Each page of WeChat is a web view of its own: the size of one page never counts in another. */
export const applyRootFontSize = (page: Element | null): void => {
  if (!page || (page as HTMLElement).hidden) return
  const meta = page.querySelector<HTMLElement>('wx-page-meta')
  document.documentElement.style.fontSize = meta?.dataset.rootFontSize ?? ''
}

/** The client draws the bar itself. */
export const navigationBar: BaseTag = {
  properties: {
    title: String,
    loading: Boolean,
    frontColor: String,
    backgroundColor: String,
    colorAnimationDuration: null,
    colorAnimationTimingFunc: String,
  },
}
