import type { BaseElement, BaseHost } from './base.js'

/** What `<input type="nickname">` asks the client for: see the simulated client's `input.nickname`. */
const ASKED = 'input.nickname'

/**
 * W25: while the input has the focus, the keyboard offers the person's nickname. When it loses the focus, WeChat reviews
 * what was written, and empties the input if the review refuses it.
 */
export const nicknameKeyboard = (
  { el, emit, data }: BaseElement,
  native: HTMLInputElement,
  host: BaseHost,
): void => {
  const isNickname = (): boolean => data.type === 'nickname'
  const offer = el.ownerDocument.createElement('button')
  offer.className = 'nickname-offer'
  offer.type = 'button'
  const write = (value: string): void => {
    native.value = value
    emit('input', { value, cursor: value.length, keyCode: 0 })
  }
  // The keyboard is no part of the page: the input keeps the focus.
  offer.addEventListener('mousedown', (event) => event.preventDefault())
  offer.addEventListener('click', (event) => {
    event.stopPropagation()
    offer.remove()
    write(offer.textContent ?? '')
  })
  native.addEventListener('focus', () => {
    if (!isNickname()) return
    void host.ask(ASKED, {}).then((answer) => {
      if (typeof answer?.['nickname'] !== 'string') return
      offer.textContent = answer['nickname']
      offer.setAttribute('aria-label', `微信昵称 ${answer['nickname']}`)
      el.append(offer)
    })
  })
  native.addEventListener('blur', () => {
    offer.remove()
    if (!isNickname() || native.value === '') return
    const written = native.value
    void host.ask(ASKED, { value: written }).then((answer) => {
      if (typeof answer?.['pass'] !== 'boolean') return
      if (!answer['pass'] && native.value === written) write('')
      emit('nicknamereview', { pass: answer['pass'], timeout: false })
    })
  })
}
