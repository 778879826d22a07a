import type { AdminHealth, AppHealth } from '@sealcard/protocol'
import { Button, Typography } from 'antd'
import { useNavigate } from 'react-router'
import { useRead } from '../api/hooks'
import { useWords } from '../i18n/words'
import { Loaded } from '../ui/loaded'
import { State } from '../ui/state'
import { sessionWords } from './words'

const ASK_MS = 5_000

/** Whether the configured apps reach their platforms, and the platforms their bots. */
export const SetupCheck = () => {
  const t = useWords(sessionWords)
  const navigate = useNavigate()
  const health = useRead<AdminHealth>('health', {}, { every: ASK_MS })
  return (
    <>
      <Typography.Paragraph type="secondary">{t('setup.apps')}</Typography.Paragraph>
      <Loaded read={health}>
        {({ apps, bots }) => (
          <ul style={{ paddingInlineStart: 20 }}>
            {apps.map((app) => (
              <li key={app.app}>
                <strong>{app.app}</strong> <AppState health={app} />
                <ul>
                  {bots
                    .filter((bot) => bot.app === app.app)
                    .map(({ bot, lastCallbackAt }) => (
                      <li key={bot}>
                        <State kind={lastCallbackAt ? 'good' : 'waiting'}>
                          {t(lastCallbackAt ? 'setup.bot-called' : 'setup.bot-waiting', { bot })}
                        </State>
                      </li>
                    ))}
                </ul>
              </li>
            ))}
          </ul>
        )}
      </Loaded>
      <Button type="primary" onClick={() => void navigate('/overview', { replace: true })}>
        {t('setup.done')}
      </Button>
    </>
  )
}

const AppState = ({ health: { token, lastError, breaker } }: { health: AppHealth }) => {
  const t = useWords(sessionWords)
  if (breaker !== 'closed')
    return <State kind="bad">{t('setup.app-failing', { code: lastError?.code ?? '' })}</State>
  if (token) return <State kind="good">{t('setup.app-token')}</State>
  return <State kind="waiting">{t('setup.app-waiting')}</State>
}
