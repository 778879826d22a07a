import { Alert, Button } from 'antd'
import { type ApiFailure, failureOf } from '../api/failure'
import { failureWords } from '../i18n/failure-words'
import { sharedWords } from '../i18n/shared-words'
import { useLanguage, useWords } from '../i18n/words'
import { Copy } from './copy'

/** A failure in words. */
export const useFailureText = (): ((error: unknown) => string) => {
  const language = useLanguage()
  return (error) => failureWords[failureOf(error).code][language]
}

interface Props {
  error: ApiFailure
  title?: string
  retry?: () => void
}

/** Why something failed, which field is wrong, and a button that tries again. */
export const FailureNotice = ({ error, title, retry }: Props) => {
  const say = useFailureText()
  const t = useWords(sharedWords)
  const { issues, requestId } = error
  return (
    <Alert
      type="error"
      showIcon
      role="alert"
      title={title ?? say(error)}
      description={
        <>
          {title !== undefined && <div>{say(error)}</div>}
          {issues.map(({ path, message }) => (
            <div key={`${path} ${message}`}>
              <span className="mono">{path}</span> {message}
            </div>
          ))}
          {requestId !== undefined && (
            <div>
              {t('failed.request')} <Copy text={requestId} />
            </div>
          )}
        </>
      }
      action={
        retry && (
          <Button size="small" onClick={retry}>
            {t('retry')}
          </Button>
        )
      }
    />
  )
}
