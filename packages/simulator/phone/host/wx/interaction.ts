import { hideToast, showActionSheet, showModal, showToast, type ModalOptions } from '../overlay.js'
import { api, ApiFailure } from './settle.js'

interface ToastOptions {
  title: string
  icon?: 'success' | 'error' | 'loading' | 'none'
  duration?: number
}

export const interactionApis = (language: 'zh_CN' | 'en', copy: (text: string) => void) => {
  const words =
    language === 'en'
      ? { confirm: 'OK', cancel: 'Cancel', copied: 'Copied' }
      : { confirm: '确定', cancel: '取消', copied: '内容已复制' }
  let clipboard = ''
  return {
    showToast: api<ToastOptions>('showToast', ({ title, icon = 'success', duration = 1500 }) =>
      showToast(String(title), icon, duration),
    ),
    hideToast: api('hideToast', hideToast),
    showLoading: api<ToastOptions>('showLoading', ({ title }) =>
      showToast(String(title ?? ''), 'loading', null),
    ),
    hideLoading: api('hideLoading', hideToast),
    showModal: api<ModalOptions>('showModal', async (options) => {
      const { confirm, content } = await showModal(options, words)
      return {
        confirm,
        cancel: !confirm,
        content: options.editable && confirm ? content : null,
      }
    }),
    showActionSheet: api<{ itemList: string[] }>('showActionSheet', async ({ itemList }) => {
      const tapIndex = await showActionSheet(itemList, words)
      if (tapIndex === null) throw new ApiFailure('cancel')
      return { tapIndex }
    }),
    setClipboardData: api<{ data: string }>('setClipboardData', ({ data }) => {
      clipboard = String(data)
      copy(clipboard)
      showToast(words.copied, 'success', 1500)
    }),
    getClipboardData: api('getClipboardData', () => ({ data: clipboard })),
  }
}
