import {
  keepPreviousData,
  useMutation,
  type UseMutationResult,
  useQuery,
  useQueryClient,
  type UseQueryResult,
} from '@tanstack/react-query'
import { useServices } from '../services'
import type { Api, Query } from './api'
import type { ApiFailure } from './failure'

interface ReadOptions {
  /** Asks again after so many milliseconds. */
  every?: number
  /** Shows the answer before while the next one is on its way. */
  keep?: boolean
  enabled?: boolean
}

/** Reads from the administrators' API. Two views that read the same ask once. @param path below `/v1/admin/` */
export const useRead = <T>(
  path: string,
  query: Query = {},
  { every, keep, enabled = true }: ReadOptions = {},
): UseQueryResult<T, ApiFailure> => {
  const { api } = useServices()
  return useQuery<T, ApiFailure>({
    queryKey: [path, query],
    queryFn: ({ signal }) => api.get<T>(path, query, signal),
    enabled,
    ...(every === undefined ? {} : { refetchInterval: every }),
    ...(keep ? { placeholderData: keepPreviousData } : {}),
  })
}

/** Does something. What is shown is read again afterwards. */
export const useAct = <T, V = void>(
  act: (api: Api, value: V) => Promise<T>,
): UseMutationResult<T, ApiFailure, V> => {
  const { api } = useServices()
  const queries = useQueryClient()
  return useMutation<T, ApiFailure, V>({
    mutationFn: (value) => act(api, value),
    onSuccess: () => void queries.invalidateQueries(),
  })
}
