import { ReloadOutlined } from '@ant-design/icons'
import type { Permission } from '@sealcard/protocol/plain'
import { Button, Flex, Tooltip } from 'antd'
import { type ReactNode, useState } from 'react'
import type { Query } from '../../api/api'
import { sharedWords } from '../../i18n/shared-words'
import { useWords } from '../../i18n/words'
import { DetailsDrawer, OPEN } from '../details-drawer'
import { FailureNotice } from '../failure-notice'
import { PageHeader } from '../page-header'
import { useAddress } from '../use-address'
import { WideTable } from '../wide-table'
import { ExportButton } from './export-button'
import { type Filter, FilterBar, namesOf } from './filter-bar'
import { EmptyList, type Empty, ListSkeleton } from './list-states'
import { useList } from './use-list'

export interface Column<Row> {
  title: string
  /** Of the first column: the name, an `OpenLink`. */
  cell: (row: Row) => ReactNode
  width?: number
  align?: 'end'
}

export interface ListPageProps<Row> {
  title: string
  lead?: ReactNode
  /** Below `/v1/admin/`. */
  path: string
  columns: readonly Column<Row>[]
  rowKey: (row: Row) => string
  filters?: readonly Filter[]
  /** Whether the API takes `app`: then the app of the header counts here. */
  byApp?: boolean
  /** What the screen itself asks, e.g. `limit`. */
  fixed?: Query
  /** When there is nothing at all: what this is, and the first step. */
  empty: Empty
  /** The file of the list, and the permission that it needs. */
  exported?: { path: string; needs: Permission }
  actions?: ReactNode
  /** The drawer of the row whose id stands in the address. @param row when it is on this page */
  drawer?: (id: string, row: Row | undefined) => ReactNode
  /** The drawer reads what it shows by itself, and does not wait for the list. */
  drawerReads?: boolean
  /** What can be done with several rows at once. @param clear chooses none */
  bulk?: (rows: Row[], clear: () => void) => ReactNode
  /** Between heading and filters. */
  children?: ReactNode
}

/** A list: filters and drawer in the address, pages by cursor, and a state for loading, failed, empty and filtered to nothing. */
export const ListPage = <Row extends object>(props: ListPageProps<Row>) => {
  const { title, lead, path, columns, rowKey, filters = [], byApp, fixed, empty } = props
  const { exported, actions, drawer, drawerReads = false, bulk, children } = props
  const address = useAddress()
  const t = useWords(sharedWords)
  const names = namesOf(filters)
  const list = useList<Row>(path, byApp ? ['app', ...names] : names, fixed)
  const { read, query, filtered, next, previous, first } = list
  const [chosen, setChosen] = useState<string[]>([])
  const rows = read.data?.items ?? []
  const chosenRows = rows.filter((row) => chosen.includes(rowKey(row)))
  const open = address.get(OPEN)
  const clear = () => {
    setChosen([])
  }

  const body = () => {
    if (read.data === undefined && read.error)
      return (
        <FailureNotice
          title={t('failed.title')}
          error={read.error}
          retry={() => void read.refetch()}
        />
      )
    if (read.data === undefined) return <ListSkeleton columns={columns.length} />
    if (rows.length === 0)
      return <EmptyList empty={empty} filters={filtered ? names : []} more={next !== undefined} />
    return (
      <WideTable<Row>
        size="middle"
        bordered={false}
        loading={read.isPlaceholderData}
        rowKey={rowKey}
        dataSource={rows}
        columns={columns.map(({ title: heading, cell, width, align }) => ({
          title: heading,
          key: heading,
          render: (_: unknown, row: Row) => cell(row),
          ...(width === undefined ? {} : { width }),
          ...(align === undefined ? {} : { align }),
        }))}
        {...(bulk && {
          rowSelection: {
            selectedRowKeys: chosen,
            onChange: (keys) => {
              setChosen(keys.map(String))
            },
          },
        })}
      />
    )
  }

  const details = (id: string, draw: NonNullable<typeof drawer>) => {
    if (read.data !== undefined || drawerReads)
      return draw(
        id,
        rows.find((row) => rowKey(row) === id),
      )
    // Whether the row is on this page is not known yet. Why the list failed stands in its place.
    if (read.error) return null
    return (
      <DetailsDrawer title={title}>
        <ListSkeleton columns={columns.length} />
      </DetailsDrawer>
    )
  }

  return (
    <>
      <PageHeader
        title={title}
        lead={lead}
        actions={
          <>
            {actions}
            <Tooltip title={t('list.refresh')}>
              <Button
                icon={<ReloadOutlined />}
                aria-label={t('list.refresh')}
                loading={read.isFetching}
                onClick={() => void read.refetch()}
              />
            </Tooltip>
            {exported && <ExportButton path={exported.path} query={query} needs={exported.needs} />}
          </>
        }
      />
      {children}
      {filters.length > 0 && <FilterBar filters={filters} />}
      {bulk && chosenRows.length > 0 && (
        <Flex gap={8} align="center" style={{ marginBottom: 12 }}>
          {t('list.chosen', { n: chosenRows.length })}
          {bulk(chosenRows, clear)}
        </Flex>
      )}
      {body()}
      {(next ?? previous ?? first) && (
        <Flex
          component="nav"
          aria-label={t('list.pages')}
          justify="end"
          gap={8}
          style={{ marginTop: 12 }}
        >
          {first && <Button onClick={first}>{t('list.first')}</Button>}
          <Button disabled={!previous} onClick={previous}>
            {t('list.previous')}
          </Button>
          <Button disabled={!next} onClick={next}>
            {t('list.next')}
          </Button>
        </Flex>
      )}
      {open !== undefined && drawer && details(open, drawer)}
    </>
  )
}
