import { useSearchParams } from 'react-router'

/** What of a list stands in the address. */
export interface Address {
  get: (name: string) => string | undefined
  /** A value that is undefined or empty goes. @param replace the entry of the history; else Back returns to it */
  set: (changes: Record<string, string | undefined>, options?: { replace?: boolean }) => void
  /** The address with these changes, for a link. */
  to: (changes: Record<string, string | undefined>) => string
}

export const useAddress = (): Address => {
  const [params, setParams] = useSearchParams()
  const changed = (changes: Record<string, string | undefined>) => {
    const next = new URLSearchParams(params)
    for (const [name, value] of Object.entries(changes))
      if (value === undefined || value === '') next.delete(name)
      else next.set(name, value)
    return next
  }
  return {
    get: (name) => params.get(name) ?? undefined,
    set: (changes, { replace = false } = {}) => {
      setParams(changed(changes), { replace })
    },
    to: (changes) => `?${changed(changes).toString()}`,
  }
}

/** The app that the header's filter names. */
export const useAppFilter = (): string | undefined => useAddress().get('app')
