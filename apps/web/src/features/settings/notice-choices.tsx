import type { MyNotices, NoticeKind } from '@sealcard/protocol'
import { useEffect, useState } from 'react'
import { useServices, useWords } from '../../services'
import { Banner } from '../../ui/banner'
import { Group } from '../../ui/group'
import { ToggleLine } from '../../ui/toggle-line'

/** What the app tells by itself. Nothing where it tells nothing. */
export const NoticeChoices = () => {
  const { client } = useServices()
  const { t } = useWords()
  const [kinds, setKinds] = useState<MyNotices['kinds']>({})
  const [failed, setFailed] = useState(false)

  useEffect(() => {
    client.getNotices().then(
      (mine) => {
        setKinds(mine.kinds)
      },
      // A part of the page that is not there; the rest works.
      () => undefined,
    )
  }, [client])

  const choose = async (kind: NoticeKind, on: boolean) => {
    setFailed(false)
    setKinds((before) => ({ ...before, [kind]: on }))
    try {
      setKinds((await client.chooseNotices({ [kind]: on })).kinds)
    } catch {
      setKinds((before) => ({ ...before, [kind]: !on }))
      setFailed(true)
    }
  }

  const shown = Object.entries(kinds) as [NoticeKind, boolean][]
  if (shown.length === 0) return null
  return (
    <Group title={t('notices.title')}>
      <p className="settings__why">{t('notices.why')}</p>
      {shown.map(([kind, on]) => (
        <ToggleLine
          key={kind}
          label={t(`notice.${kind}`)}
          checked={on}
          onChange={(next) => void choose(kind, next)}
        />
      ))}
      {failed ? <Banner icon="!" tone="bad" text={t('notices.failed')} /> : null}
    </Group>
  )
}
