import { Alert } from 'antd'
import type { ApiFailure } from '../api/failure'
import { FailureNotice } from '../ui/failure-notice'

interface Props {
  error: ApiFailure | null | undefined
  /** What it says when the service rejects a password or a code. */
  rejected: string
}

/** Why a login, or what asks for the password again, failed. */
export const LoginFailure = ({ error, rejected }: Props) => {
  if (!error) return null
  if (error.code !== 'ERR_LOGIN_REJECTED') return <FailureNotice error={error} />
  return <Alert type="error" showIcon role="alert" title={rejected} />
}
