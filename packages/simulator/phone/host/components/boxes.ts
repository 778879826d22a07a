import type { BaseElement, BaseTag } from './base.js'

/** `hover-class`: a class while the element is pressed. */
export const pressFeedback = (element: BaseElement, fallback: string): void => {
  const { el, data } = element
  const name = () => {
    const own = String(data.hoverClass ?? '')
    return own === '' ? fallback : own
  }
  let added: string[] = []
  const press = () => {
    if (name() === 'none' || name() === '' || data.disabled === true) return
    added = name().split(/\s+/)
    el.classList.add(...added)
  }
  const release = () => {
    el.classList.remove(...added)
    added = []
  }
  for (const type of ['mousedown', 'touchstart'])
    el.addEventListener(type, press, { passive: true })
  for (const type of ['mouseup', 'mouseleave', 'touchend', 'touchcancel']) {
    el.addEventListener(type, release)
  }
}

const box: BaseTag = {
  setup: (element) => {
    pressFeedback(element, 'none')
    return {}
  },
}

const text: BaseTag = {
  properties: {
    space: String,
    decode: Boolean,
    userSelect: Boolean,
    selectable: Boolean,
    overflow: String,
    maxLines: null,
    numberOfLines: null,
  },
  setup: ({ el }) => {
    const select = (value: boolean) => el.toggleAttribute('user-select', value)
    return { userSelect: select, selectable: select }
  },
}

const scrollView: BaseTag = {
  properties: {
    scrollX: Boolean,
    scrollY: Boolean,
    scrollTop: null,
    scrollLeft: null,
    scrollIntoView: String,
    scrollWithAnimation: Boolean,
    upperThreshold: null,
    lowerThreshold: null,
    enhanced: Boolean,
    showScrollbar: Boolean,
    refresherEnabled: Boolean,
    refresherTriggered: Boolean,
    refresherThreshold: null,
    refresherDefaultStyle: String,
    refresherBackground: String,
    enableFlex: Boolean,
    type: String,
  },
  setup: ({ el, emit, data }) => {
    let atEnd = false
    el.addEventListener('scroll', () => {
      const { scrollTop, scrollLeft, scrollHeight, scrollWidth } = el
      emit('scroll', { scrollTop, scrollLeft, scrollHeight, scrollWidth })
      const lower = Number(data.lowerThreshold ?? 50)
      const end = scrollTop + el.clientHeight >= scrollHeight - lower
      if (end && !atEnd) emit('scrolltolower', { direction: 'bottom' })
      atEnd = end
    })
    return {
      scrollX: (value: boolean) => el.toggleAttribute('scroll-x', value),
      scrollY: (value: boolean) => el.toggleAttribute('scroll-y', value),
      scrollTop: (value: unknown) => {
        if (value !== null && value !== undefined && value !== '') el.scrollTop = Number(value)
      },
      scrollIntoView: (value: string) => {
        if (value !== '') el.querySelector(`[id="${value}"]`)?.scrollIntoView?.()
      },
    }
  },
}

/** One slide at a time, by scroll snap. */
const swiper: BaseTag = {
  properties: {
    current: Number,
    indicatorDots: Boolean,
    autoplay: Boolean,
    interval: Number,
    duration: Number,
    circular: Boolean,
    vertical: Boolean,
  },
  setup: ({ el, emit }) => {
    let shown = 0
    el.addEventListener('scroll', () => {
      const current = Math.round(el.scrollLeft / Math.max(el.clientWidth, 1))
      if (current !== shown) emit('change', { current, source: 'touch', currentItemId: '' })
      shown = current
    })
    return {
      current: (value: number) => {
        shown = value
        el.scrollLeft = value * el.clientWidth
      },
      vertical: (value: boolean) => el.toggleAttribute('vertical', value),
    }
  },
}

const progress: BaseTag = {
  properties: {
    percent: Number,
    showInfo: Boolean,
    strokeWidth: null,
    color: String,
    activeColor: String,
    backgroundColor: String,
    active: Boolean,
  },
  setup: ({ el }) => {
    el.setAttribute('role', 'progressbar')
    return {
      percent: (value: number) => {
        el.setAttribute('aria-valuenow', String(value))
        el.style.setProperty('--percent', `${value}%`)
      },
    }
  },
}

const icon: BaseTag = {
  properties: { type: String, size: null, color: String },
  setup: ({ el }) => {
    el.setAttribute('aria-hidden', 'true')
    return { type: (value: string) => el.setAttribute('type', value) }
  },
}

export const boxes: Record<string, BaseTag> = {
  view: box,
  'cover-view': box,
  'movable-area': box,
  'page-container': box,
  'root-portal': box,
  'match-media': box,
  'swiper-item': { properties: { itemId: String } },
  text,
  'scroll-view': scrollView,
  swiper,
  progress,
  icon,
}
