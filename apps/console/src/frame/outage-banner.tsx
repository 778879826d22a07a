import { Alert } from 'antd'
import { useEffect } from 'react'
import { useWords } from '../i18n/words'
import { useServices } from '../services'
import { useStore } from '../store'
import { shellWords } from './words'

const ASK_MS = 3_000

/** One banner while the service does not work. It asks by itself, reads what failed again, and goes away. */
export const OutageBanner = () => {
  const { api, outage, sessions, queries, every } = useServices()
  const isOut = useStore(outage)
  const t = useWords(shellWords)
  useEffect(() => {
    if (!isOut) return
    return every(ASK_MS, () => {
      void api.isReady().then(async (ready) => {
        if (!ready) return
        outage.set(false)
        if (sessions.state.get().kind === 'asking') await sessions.ask()
        await queries.refetchQueries({ predicate: ({ state }) => state.status === 'error' })
      })
    })
  }, [isOut, every, api, outage, sessions, queries])
  if (!isOut) return null
  return (
    <Alert
      banner
      type="error"
      role="alert"
      title={t('outage.title')}
      description={t('outage.hint')}
    />
  )
}
