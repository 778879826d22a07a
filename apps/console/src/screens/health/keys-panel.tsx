import type { AdminSystem, RewrapReport } from '@sealcard/protocol'
import { useState } from 'react'
import { useWords } from '../../i18n/words'
import type { Progress } from '../../api/api'
import { DangerousAct } from '../../ui/dangerous-act'
import { Facts } from '../../ui/facts'
import { Named } from '../../ui/named'
import { Panel } from '../../ui/panel'
import { Time } from '../../ui/time'
import { Tile } from './system-panels'
import { healthWords } from './words'

/** Which keys there are, and the work that moves every value to the primary one. */
export const KeysPanel = ({ system }: { system: AdminSystem }) => {
  const t = useWords(healthWords)
  const [progress, setProgress] = useState<Progress>()
  const { primary, keys } = system.keyring
  const older = keys.filter((key) => key !== primary)
  const run = (what: AdminSystem['rewrapped']) =>
    what ? (
      <>
        <Time at={what.at} /> · <Named what={what.by} />
      </>
    ) : (
      t('keys.never')
    )
  return (
    <Tile>
      <Panel
        title={t('keys.title')}
        extra={
          <DangerousAct<RewrapReport>
            label={t('keys.rewrap')}
            needs="manage"
            effect={
              <>
                <div>{t('keys.effect', { primary })}</div>
                {progress && (
                  <div role="status">
                    {t('keys.progress', {
                      table: String(progress['table']),
                      column: String(progress['column']),
                      rows: Number(progress['rows']),
                      moved: Number(progress['moved']),
                    })}
                  </div>
                )}
              </>
            }
            run={(api, reason) => api.work<RewrapReport>('keys/rewrap', { reason }, setProgress)}
            done={({ clean, rows, moved, failed, overtaken }) =>
              clean
                ? t('keys.done', { rows, moved })
                : t('keys.incomplete', { rows, moved, failed, overtaken })
            }
            audit={{ kind: 'keys.rewrap' }}
            onOpen={() => {
              setProgress(undefined)
            }}
          />
        }
      >
        <Facts
          facts={[
            [
              t('keys.primary'),
              <span key="primary" className="mono">
                {primary}
              </span>,
            ],
            [
              t('keys.others'),
              older.length === 0 ? (
                t('keys.none')
              ) : (
                <span key="others" className="mono">
                  {older.join(', ')}
                </span>
              ),
            ],
            [t('keys.last'), run(system.rewrapped)],
            [t('keys.verified'), run(system.verified)],
          ]}
        />
      </Panel>
    </Tile>
  )
}
