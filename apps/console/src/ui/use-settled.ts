import { useEffect, useState } from 'react'
import { useServices } from '../services'

/** The value once it has stayed the same for so long. Until then the one before. @param ms milliseconds */
export const useSettled = <T>(value: T, ms: number): T => {
  const { later } = useServices()
  const [settled, setSettled] = useState(value)
  useEffect(
    () =>
      later(ms, () => {
        setSettled(value)
      }),
    [later, ms, value],
  )
  return settled
}
