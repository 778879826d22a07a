import type { AdminSystem } from '@sealcard/protocol'
import { Typography } from 'antd'
import type { ReactNode } from 'react'
import { formatNumber } from '../../i18n/format'
import { type Language, useLanguage, useWords } from '../../i18n/words'
import { Facts } from '../../ui/facts'
import { Panel } from '../../ui/panel'
import { State } from '../../ui/state'
import { Time } from '../../ui/time'
import { healthWords, queueWords } from './words'

interface Props {
  system: AdminSystem
}

/** A panel that shares its row with others, all of one height. */
export const Tile = ({ children }: { children: ReactNode }) => (
  <div style={{ display: 'grid', flex: '1 1 340px', minWidth: 0 }}>{children}</div>
)

export const ServicePanel = ({ system: { mode, database, windows } }: Props) => {
  const t = useWords(healthWords)
  const { shareDays: share, verifyDays: verify } = windows
  return (
    <Tile>
      <Panel title={t('system.title')}>
        <Facts
          facts={[
            [
              t('system.mode'),
              <State key="mode" kind={mode === 'production' ? 'good' : 'waiting'}>
                {t(`mode.${mode}`)}
              </State>,
            ],
            [t('system.database'), database === 'sqlite' ? 'SQLite' : 'PostgreSQL'],
            [t('system.windows'), t('system.days', { share, verify })],
          ]}
        />
      </Panel>
    </Tile>
  )
}

export const RetentionPanel = ({ system: { retention } }: Props) => {
  const t = useWords(healthWords)
  const language = useLanguage()
  return (
    <Tile>
      <Panel title={t('retention.title')}>
        {retention ? (
          <Facts
            facts={[
              [t('retention.ended'), <Time key="ended" at={retention.endedAt} />],
              [t('retention.rows'), formatNumber(retention.rows, language)],
              [
                t('retention.failed'),
                retention.failed.length === 0 ? (
                  <State kind="good">{t('retention.all')}</State>
                ) : (
                  <State kind="bad">{retention.failed.join(', ')}</State>
                ),
              ],
            ]}
          />
        ) : (
          <Typography.Text type="secondary">{t('retention.never')}</Typography.Text>
        )}
      </Panel>
    </Tile>
  )
}

/** A queue of a later service has no words yet, and shows its name. */
const QUEUES: Readonly<Record<string, Record<Language, string>>> = queueWords

export const QueuesPanel = ({ system: { queues } }: Props) => {
  const t = useWords(healthWords)
  const language = useLanguage()
  const cell = { padding: '4px 0', textAlign: 'end' } as const
  return (
    <Tile>
      <Panel title={t('queues.title')}>
        <Typography.Paragraph type="secondary">{t('queues.lead')}</Typography.Paragraph>
        <table style={{ width: '100%', borderCollapse: 'collapse' }}>
          <thead>
            <tr>
              <th scope="col" style={{ textAlign: 'start', fontWeight: 400 }}>
                {t('queues.name')}
              </th>
              <th scope="col" style={{ ...cell, fontWeight: 400 }}>
                {t('queues.waiting')}
              </th>
              <th scope="col" style={{ ...cell, fontWeight: 400 }}>
                {t('queues.turned-away')}
              </th>
            </tr>
          </thead>
          <tbody>
            {queues.map(({ name, waiting, turnedAway }) => (
              <tr key={name}>
                <th scope="row" style={{ textAlign: 'start', fontWeight: 400 }}>
                  {QUEUES[name]?.[language] ?? <span className="mono">{name}</span>}
                </th>
                <td style={cell}>{formatNumber(waiting, language)}</td>
                <td style={cell}>{formatNumber(turnedAway, language)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </Panel>
    </Tile>
  )
}
