import type { UseQueryResult } from '@tanstack/react-query'
import { useLocation, useNavigate } from 'react-router'
import type { ApiFailure } from '../../api/failure'
import { useRead } from '../../api/hooks'
import type { Query } from '../../api/api'
import { useAddress } from '../use-address'

export interface Page<Row> {
  items: Row[]
  nextCursor?: string | null
}

export interface List<Row> {
  read: UseQueryResult<Page<Row>, ApiFailure>
  /** The filters, as the API takes them; also of an export. */
  query: Query
  filtered: boolean
  /** Undefined: there is none. */
  next: (() => void) | undefined
  previous: (() => void) | undefined
  /** Undefined on the first page. */
  first: (() => void) | undefined
}

/** The pages that led here, so that one can go back. In the entry of the history: a reload keeps it. */
interface Trail {
  before?: string[]
}

/**
 * A list of the API whose filters and place stand in the address.
 * @param path below `/v1/admin/` @param names of the filters @param fixed what the screen itself sets
 */
export const useList = <Row>(
  path: string,
  names: readonly string[],
  fixed: Query = {},
): List<Row> => {
  const address = useAddress()
  const navigate = useNavigate()
  const location = useLocation()
  const before = (location.state as Trail | null)?.before ?? []
  const given = names.flatMap((name) => {
    const value = address.get(name)
    return value === undefined ? [] : [[name, value] as const]
  })
  const query = { ...fixed, ...Object.fromEntries(given) }
  const cursor = address.get('cursor')
  const read = useRead<Page<Row>>(path, { ...query, cursor }, { keep: true })

  const go = (to: string | undefined, trail: string[]) => () =>
    void navigate(location.pathname + address.to({ cursor: to, open: undefined }), {
      state: { before: trail } satisfies Trail,
    })
  const next = read.data?.nextCursor ?? undefined
  return {
    read,
    query,
    filtered: given.some(([name]) => name !== 'app'),
    next: next === undefined ? undefined : go(next, [...before, cursor ?? '']),
    previous: before.length === 0 ? undefined : go(before.at(-1) || undefined, before.slice(0, -1)),
    first: cursor === undefined ? undefined : go(undefined, []),
  }
}
