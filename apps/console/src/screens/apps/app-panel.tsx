import type { AdminApp, AdminHealth, AppHealth } from '@sealcard/protocol'
import { sharedWords } from '../../i18n/shared-words'
import { useWords } from '../../i18n/words'
import { Copy } from '../../ui/copy'
import { Facts } from '../../ui/facts'
import { Panel } from '../../ui/panel'
import { State } from '../../ui/state'
import { Time } from '../../ui/time'
import { LastError } from './last-error'
import { appsWords } from './words'

type BotState = AdminHealth['bots'][number]

interface Props {
  state: AppHealth
  /** Undefined while it is read. */
  app: AdminApp | undefined
  bots: BotState[]
}

const KINDS = { closed: 'good', open: 'bad', 'half-open': 'waiting' } as const

/** One app: its platform, its tokens, its bots, and what went wrong last. */
export const AppPanel = ({ state, app, bots }: Props) => {
  const t = useWords(appsWords)
  const { breaker, tickets, outages } = state
  return (
    <Panel title={state.app} extra={<State kind={KINDS[breaker]}>{t(`breaker.${breaker}`)}</State>}>
      <LastError error={state.lastError} />
      <Facts
        facts={[
          ...(app ? [[t('identity'), <Identity key="identity" app={app} />] as const] : []),
          [t('token'), <TokenAge key="token" age={state.token} />],
          ...(tickets
            ? [
                [
                  t('tickets'),
                  <span key="tickets">
                    {t('ticket.agent')}: <TokenAge age={tickets.agent} />; {t('ticket.corp')}:{' '}
                    <TokenAge age={tickets.corp} />
                  </span>,
                ] as const,
              ]
            : []),
          [t('success'), <Time key="success" at={state.lastSuccessAt} />],
          [t('outages'), <Outages key="outages" outages={outages} />],
          ...bots.map(
            (bot) => [t('bot', { bot: bot.bot }), <Bot key={bot.bot} bot={bot} />] as const,
          ),
        ]}
      />
    </Panel>
  )
}

const Identity = ({ app }: { app: AdminApp }) => {
  const t = useWords(appsWords)
  return (
    <>
      {t(`platform.${app.platform}`)}{' '}
      {app.platform === 'wechat' ? (
        <Copy text={app.appid} />
      ) : (
        <>
          <Copy text={app.corpid} /> / <span className="mono">{app.agentid}</span>
          {app.h5 && (
            <div>
              {t('h5')}: <span className="mono">{app.h5.origin}</span> ({app.h5.keyDerivation})
            </div>
          )}
        </>
      )}
    </>
  )
}

const TokenAge = ({ age }: { age: { fetchedAt: string; expiresAt: string } | null }) => {
  const t = useWords(appsWords)
  if (age === null) return <>{t('token.none')}</>
  return (
    <>
      {t('token.age')} <Time at={age.fetchedAt} />, {t('token.until')} <Time at={age.expiresAt} />
    </>
  )
}

const Outages = ({ outages }: Pick<AppHealth, 'outages'>) => {
  const t = useWords(appsWords)
  if (outages.length === 0) return <>{t('outages.none')}</>
  return (
    <>
      {outages.slice(0, 5).map(({ from, to }) => (
        <div key={from}>
          <Time at={from} full /> – {to === null ? t('outages.lasts') : <Time at={to} full />}
        </div>
      ))}
    </>
  )
}

const Bot = ({ bot: { bot, lastCallbackAt } }: { bot: BotState }) => {
  const t = useWords(appsWords)
  const s = useWords(sharedWords)
  const address = `${window.location.origin}/v1/bots/${encodeURIComponent(bot)}/callback`
  return (
    <>
      <div>
        {t('callback')}
        {s('colon')}
        {lastCallbackAt === null ? t('callback.none') : <Time at={lastCallbackAt} />}
      </div>
      <div>
        {t('callback.address')}
        {s('colon')}
        <Copy text={address} />
      </div>
    </>
  )
}
