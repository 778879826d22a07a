import { Tooltip } from 'antd'
import { useEffect, useState } from 'react'
import { absoluteTime, relativeTime } from '../i18n/format'
import { useLanguage } from '../i18n/words'
import { useServices } from '../services'

const TICK_MS = 30_000

/** Milliseconds; moves on by itself. */
export const useNow = (): number => {
  const { now, every } = useServices()
  const [at, setAt] = useState(now)
  useEffect(
    () =>
      every(TICK_MS, () => {
        setAt(now())
      }),
    [every, now],
  )
  return at
}

/** A moment: relative, and absolute on hover and focus. `full`: absolute, where the moment itself matters. */
export const Time = ({ at, full }: { at: string | null | undefined; full?: boolean }) => {
  const language = useLanguage()
  const now = useNow()
  if (!at) return <>—</>
  if (full) return <time dateTime={at}>{absoluteTime(at)}</time>
  return (
    <Tooltip title={absoluteTime(at)}>
      <time dateTime={at}>{relativeTime(at, now, language)}</time>
    </Tooltip>
  )
}
