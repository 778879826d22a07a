import { View } from '@tarojs/components'
import type { MyNotices, NoticeKind } from '@sealcard/protocol'
import { useEffect, useState } from 'react'
import { t } from '../../i18n'
import { services } from '../../services'
import { Banner } from '../../ui/banner'
import { Group } from '../../ui/group'
import { ToggleLine } from '../../ui/toggle-line'

/** What the app tells by itself. Nothing where it tells nothing, as in WeChat. */
export const NoticeChoices = () => {
  const [kinds, setKinds] = useState<MyNotices['kinds']>({})
  const [failed, setFailed] = useState(false)

  useEffect(() => {
    services()
      .client.getNotices()
      .then(
        (mine) => setKinds(mine.kinds),
        // A part of the page that is not there; the rest works.
        () => undefined,
      )
  }, [])

  const choose = async (kind: NoticeKind, on: boolean) => {
    setFailed(false)
    setKinds((before) => ({ ...before, [kind]: on }))
    try {
      setKinds((await services().client.chooseNotices({ [kind]: on })).kinds)
    } catch {
      setKinds((before) => ({ ...before, [kind]: !on }))
      setFailed(true)
    }
  }

  const shown = Object.entries(kinds) as [NoticeKind, boolean][]
  if (shown.length === 0) return null
  return (
    <View>
      <Group title={t('notices.title')} note={t('notices.why')}>
        {shown.map(([kind, on]) => (
          <ToggleLine
            key={kind}
            id={`notice-${kind}`}
            label={t(`notice.${kind}`)}
            checked={on}
            onChange={(next) => void choose(kind, next)}
          />
        ))}
      </Group>
      {failed ? <Banner icon="!" tone="bad" text={t('notices.failed')} /> : null}
    </View>
  )
}
