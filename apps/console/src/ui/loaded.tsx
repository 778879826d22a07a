import type { UseQueryResult } from '@tanstack/react-query'
import { Skeleton } from 'antd'
import type { ReactNode } from 'react'
import type { ApiFailure } from '../api/failure'
import { sharedWords } from '../i18n/shared-words'
import { useWords } from '../i18n/words'
import { FailureNotice } from './failure-notice'

interface Props<T> {
  read: UseQueryResult<T, ApiFailure>
  /** Lines of the skeleton. */
  rows?: number
  children: (value: T) => ReactNode
}

/** What was read; until then a skeleton, and after a failure the reason with another try. */
export const Loaded = <T,>({ read, rows = 4, children }: Props<T>) => {
  const t = useWords(sharedWords)
  if (read.data !== undefined) return <>{children(read.data)}</>
  if (read.error)
    return (
      <FailureNotice
        title={t('failed.title')}
        error={read.error}
        retry={() => void read.refetch()}
      />
    )
  return (
    <div role="status" aria-label={t('list.loading')}>
      <Skeleton active title={false} paragraph={{ rows }} />
    </div>
  )
}
