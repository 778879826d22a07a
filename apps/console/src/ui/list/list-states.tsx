import { Empty as AntEmpty, Skeleton, Typography } from 'antd'
import type { ReactNode } from 'react'
import { sharedWords } from '../../i18n/shared-words'
import { useWords } from '../../i18n/words'
import { ClearFilters } from './filter-bar'

/** What a list says when there is nothing in it. */
export interface Empty {
  title: string
  /** What would be here, and how it comes here. */
  hint: ReactNode
  action?: ReactNode
}

interface Props {
  empty: Empty
  /** Names of filters that are set; none: the list itself is empty. */
  filters: readonly string[]
  /** Whether a next page exists: a search goes through the list page by page. */
  more: boolean
}

export const EmptyList = ({ empty, filters, more }: Props) => {
  const t = useWords(sharedWords)
  const { title, hint, action } = more
    ? { title: t('list.short'), hint: t('list.short-hint'), action: null }
    : filters.length > 0
      ? {
          title: t('list.filtered'),
          hint: t('list.filtered-hint'),
          action: <ClearFilters names={filters} />,
        }
      : empty
  return (
    <AntEmpty
      image={AntEmpty.PRESENTED_IMAGE_SIMPLE}
      style={{ padding: 32 }}
      description={
        <>
          <Typography.Text strong>{title}</Typography.Text>
          <br />
          <Typography.Text type="secondary">{hint}</Typography.Text>
        </>
      }
    >
      {action}
    </AntEmpty>
  )
}

export const ListSkeleton = ({ columns }: { columns: number }) => {
  const t = useWords(sharedWords)
  return (
    <div role="status" aria-label={t('list.loading')}>
      <Skeleton active title={false} paragraph={{ rows: 3 + columns, width: '100%' }} />
    </div>
  )
}
