import { resolvePath } from '../package.js'
import type { BaseTag } from './base.js'

/** What `chooseAvatar` answers is a path on the phone; nothing else is. */
const CHOSEN = /^http:\/\/tmp\//
const GREY_HEAD =
  'data:image/svg+xml,<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 8 8"><path fill="%23bbb" d="M0 0h8v8H0z"/></svg>'

const absolute = /^(https?:|data:|blob:|wxfile:|\/\/)/

export const image: BaseTag = {
  control: true,
  properties: {
    src: String,
    mode: String,
    lazyLoad: Boolean,
    webp: Boolean,
    showMenuByLongpress: Boolean,
    fadeIn: Boolean,
  },
  setup: ({ el, emit, owner }, host) => {
    const img = el.ownerDocument.createElement('img')
    img.alt = ''
    img.draggable = false
    img.addEventListener('load', (event) => {
      event.stopPropagation()
      emit('load', { width: img.naturalWidth, height: img.naturalHeight })
    })
    img.addEventListener('error', (event) => {
      event.stopPropagation()
      emit('error', { errMsg: `GET ${img.src} failed` })
    })
    el.append(img)
    return {
      src: (value: string) => {
        if (value === '') img.removeAttribute('src')
        else if (CHOSEN.test(value)) img.src = GREY_HEAD
        else if (absolute.test(value)) img.src = value
        else img.src = host.assetsBase + resolvePath(owner(), value)
      },
      mode: (value: string) => el.setAttribute('mode', value || 'scaleToFill'),
    }
  },
}
