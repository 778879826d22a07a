import type { ViewerOpenings, ViewerOpeningsPage } from '@sealcard/protocol'
import { useInfiniteQuery } from '@tanstack/react-query'
import { Button, Typography } from 'antd'
import type { ApiFailure } from '../../api/failure'
import { useWords } from '../../i18n/words'
import { useServices } from '../../services'
import { FailureNotice } from '../../ui/failure-notice'
import { Person } from '../../ui/person'
import { Time } from '../../ui/time'
import { WideTable } from '../../ui/wide-table'
import { cardsWords } from './words'

/** Who read a card, as its owner sees it. */
export const CardReaders = ({ id }: { id: string }) => {
  const t = useWords(cardsWords)
  const { api } = useServices()
  const path = `cards/${id}/roster`
  const read = useInfiniteQuery<ViewerOpeningsPage, ApiFailure>({
    queryKey: [path],
    initialPageParam: undefined,
    getNextPageParam: ({ nextCursor }) => nextCursor,
    queryFn: ({ pageParam, signal }) =>
      api.get(path, { cursor: pageParam as string | undefined }, signal),
  })
  if (read.error) return <FailureNotice error={read.error} retry={() => void read.refetch()} />
  const rows = read.data?.pages.flatMap(({ items }) => items) ?? []
  if (read.data && rows.length === 0)
    return <Typography.Text type="secondary">{t('readers.none')}</Typography.Text>
  return (
    <>
      <WideTable<ViewerOpenings>
        size="small"
        loading={read.isPending}
        rowKey={({ viewer }) => viewer.id}
        dataSource={rows}
        columns={[
          { title: t('reader'), render: (_, { viewer }) => <Person {...viewer} /> },
          { title: t('first'), render: (_, { firstAt }) => <Time at={firstAt} /> },
          { title: t('last'), render: (_, { lastAt }) => <Time at={lastAt} /> },
          { title: t('times'), dataIndex: 'count', align: 'end' },
          { title: t('acknowledged'), render: (_, row) => <Time at={row.acknowledgedAt} /> },
          { title: t('label'), render: (_, { share }) => <bdi>{share?.label ?? '—'}</bdi> },
        ]}
      />
      {read.hasNextPage && (
        <Button
          style={{ marginTop: 12 }}
          loading={read.isFetchingNextPage}
          onClick={() => void read.fetchNextPage()}
        >
          {t('readers.more')}
        </Button>
      )}
    </>
  )
}
