import type { Permission } from '@sealcard/protocol/plain'
import { Alert } from 'antd'
import type { ReactNode } from 'react'
import { sharedWords } from '../i18n/shared-words'
import { useWords } from '../i18n/words'
import { useMay } from '../session/use-session'
import { useRoleHint } from './role-gate'

/** A part that a role may not read says which role may, and asks nothing. */
export const NeedsRole = ({ needs, children }: { needs: Permission; children: ReactNode }) => {
  const may = useMay(needs)
  const hint = useRoleHint(needs)
  const t = useWords(sharedWords)
  if (may) return <>{children}</>
  return <Alert type="info" showIcon title={t('role.unreadable')} description={hint} />
}
