import type { AppHealth } from '@sealcard/protocol'
import { Alert, Typography } from 'antd'
import { sharedWords } from '../../i18n/shared-words'
import { useLanguage, useWords } from '../../i18n/words'
import { Time } from '../../ui/time'
import { appsWords } from './words'

/** What went wrong last, in words, and what to do. Its number stands below, for a search in the platform's documents. */
export const LastError = ({ error }: { error: AppHealth['lastError'] }) => {
  const t = useWords(appsWords)
  const s = useWords(sharedWords)
  const language = useLanguage()
  if (error === null)
    return <Typography.Paragraph type="secondary">{t('error.none')}</Typography.Paragraph>
  const { at, operation, code, advice } = error
  return (
    <Alert
      type={advice?.passes ? 'info' : 'warning'}
      showIcon
      style={{ marginBottom: 16 }}
      title={
        <>
          {t('error.title')}
          {s('colon')}
          {advice ? advice.what[language] : t('error.call', { operation, code })}
        </>
      }
      description={
        <>
          <div>
            {t('error.todo')}
            {s('colon')}
            {advice ? advice.todo[language] : t('error.unknown')}
            {advice?.passes && ` ${t('error.passes')}`}
          </div>
          <div>
            <span className="mono">{t('error.call', { operation, code })}</span> · <Time at={at} />
          </div>
        </>
      }
    />
  )
}
