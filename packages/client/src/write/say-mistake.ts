import type { Translate } from '../words/translate.js'
import { BODY_MAX, TITLE_MAX, type Mistake } from './draft.js'

export const sayMistake = (mistake: Mistake, t: Translate): string => {
  switch (mistake) {
    case 'need-title':
      return t('write.need-title')
    case 'too-long-title':
      return t('write.too-long-title', { max: TITLE_MAX })
    case 'too-long-body':
      return t('write.too-long-body', { max: BODY_MAX })
    case 'bad-max-viewers':
      return t('write.bad-number', { what: t('write.max-viewers') })
    case 'bad-max-opens':
      return t('write.bad-number', { what: t('write.max-opens') })
    case 'too-long-life':
      return t('write.over-rules', { what: t('write.expiry') })
    case 'over-max-viewers':
      return t('write.over-rules', { what: t('write.max-viewers') })
    case 'over-max-opens':
      return t('write.over-rules', { what: t('write.max-opens') })
    case 'no-copy':
      return t('write.over-rules', { what: t('write.copy') })
  }
}
