import { pressFeedback } from './boxes.js'
import type { BaseTag } from './base.js'
import { controlsIn } from './controls.js'

const submitForm = (el: HTMLElement, type: string): void => {
  el.closest('wx-form')?.dispatchEvent(new CustomEvent(`sealcard-form-${type}`))
}

/** SIM: every person chooses the same grey picture. */
const CHOSEN_AVATAR = 'http://tmp/FAKEavatar.jpeg'

export const button: BaseTag = {
  properties: {
    size: String,
    type: String,
    plain: Boolean,
    disabled: Boolean,
    loading: Boolean,
    formType: String,
    openType: String,
    name: String,
    lang: String,
    sessionFrom: String,
    sendMessageTitle: String,
    sendMessagePath: String,
    sendMessageImg: String,
    showMessageCard: Boolean,
    appParameter: String,
    businessId: null,
    groupId: String,
    guildId: String,
    publicId: String,
    phoneNumberNoQuotaToast: Boolean,
  },
  setup: (element, host) => {
    const { el, data } = element
    el.setAttribute('role', 'button')
    pressFeedback(element, 'button-hover')
    element.on('tap', () => {
      if (data.disabled === true) return
      // W25: the picture that the person chose, as a path on this phone. It lasts until the mini-program ends.
      if (data.openType === 'chooseAvatar')
        element.emit('chooseavatar', { avatarUrl: CHOSEN_AVATAR })
      if (data.openType === 'share') host.share({ id: element.id(), dataset: element.dataset() })
      if (data.formType === 'submit' || data.formType === 'reset') submitForm(el, data.formType)
    })
    return {
      disabled: (value: boolean) => {
        el.setAttribute('aria-disabled', String(value))
        el.toggleAttribute('disabled', value)
        el.tabIndex = value ? -1 : 0
      },
      loading: (value: boolean) => {
        el.toggleAttribute('loading', value)
        el.setAttribute('aria-busy', String(value))
      },
      type: (value: string) => el.setAttribute('type', value || 'default'),
      size: (value: string) => el.setAttribute('size', value || 'default'),
      plain: (value: boolean) => el.toggleAttribute('plain', value),
    }
  },
}

export const form: BaseTag = {
  properties: { reportSubmit: Boolean, reportSubmitTimeout: Number },
  setup: ({ el, emit }) => {
    el.addEventListener('sealcard-form-submit', () => {
      const named = controlsIn(el).filter((control) => control.name() !== '')
      const value = Object.fromEntries(named.map((control) => [control.name(), control.value()]))
      emit('submit', { value })
    })
    el.addEventListener('sealcard-form-reset', () => {
      for (const control of controlsIn(el)) control.reset()
      emit('reset', {})
    })
    return {}
  },
}

export const navigator: BaseTag = {
  properties: { url: String, openType: String, delta: Number, target: String },
  setup: (element, host) => {
    const { el, data } = element
    el.setAttribute('role', 'link')
    el.tabIndex = 0
    pressFeedback(element, 'navigator-hover')
    element.on('tap', () =>
      host.navigate(String(data.openType || 'navigate'), String(data.url), Number(data.delta || 1)),
    )
    return {}
  },
}
