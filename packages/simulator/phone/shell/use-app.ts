import { useMemo } from 'react'
import { api } from './api.js'
import { useLive } from './live.js'

/** The mini-program that the phones have; the same object until it really changes. */
export const useApp = (): { appid: string; name: string } | null => {
  const status = useLive(api.status, ['settings'])
  const first = status.value?.apps[0]
  const { appid, name } = first ?? {}
  return useMemo(
    () => (appid === undefined || name === undefined ? null : { appid, name }),
    [appid, name],
  )
}
