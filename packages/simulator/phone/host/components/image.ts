import { resolvePath } from '../package.js'
import type { BaseTag } from './base.js'

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
        else if (absolute.test(value)) img.src = value
        else img.src = host.assetsBase + resolvePath(owner(), value)
      },
      mode: (value: string) => el.setAttribute('mode', value || 'scaleToFill'),
    }
  },
}
