import { describeError, formatTime, viewerLabel } from '@sealcard/client'
import { BffError } from '@sealcard/kit'
import type { AccessRequest } from '@sealcard/protocol'
import { View } from '@tarojs/components'
import { useDidShow } from '@tarojs/taro'
import { useEffect, useRef, useState } from 'react'
import { t } from '../../i18n'
import { services } from '../../services'
import { ActionButton } from '../../ui/action-button'
import { aria } from '../../ui/aria'
import { Banner } from '../../ui/banner'
import { Group } from '../../ui/group'
import { usePaged } from '../paged/use-paged'
import './requests.css'

interface Props {
  cardId: string
  /** Whether the page's share is declared; null: this card is shared no more. */
  shareReady: boolean | null
}

/** Who asked for access to the person's own card. Nothing without a request. */
export const AccessRequests = ({ cardId, shareReady }: Props) => {
  const requests = usePaged(
    (cursor) =>
      services().client.listRequests(cardId, cursor === undefined ? undefined : { cursor }),
    (request) => request.id,
  )
  const [trouble, setTrouble] = useState<string | null>(null)
  const busy = useRef(new Set<string>())
  const { reload } = requests
  // The page may have been shown before this part of it is there.
  useEffect(() => void reload(), [reload])
  useDidShow(() => void reload({ keep: true }))

  const dismiss = async (id: string) => {
    if (busy.current.has(id)) return
    busy.current.add(id)
    setTrouble(null)
    try {
      await services().client.dismissRequest(id)
    } catch (error) {
      // Another device may have dismissed it.
      if (!isGone(error)) setTrouble(describeError(error, t).text)
    } finally {
      busy.current.delete(id)
    }
    await reload({ keep: true })
  }

  if (requests.items.length === 0) return null
  return (
    <Group title={t('requests.title')}>
      <View className="requests__hint">
        {t(shareReady === null ? 'requests.hint-ended' : 'requests.hint')}
      </View>
      {shareReady === null ? null : (
        <View className="requests__share">
          <ActionButton id="share-again" kind="plain" openType="share" disabled={!shareReady}>
            {t('requests.share')}
          </ActionButton>
        </View>
      )}
      {trouble ? <Banner icon="!" tone="bad" text={trouble} /> : null}
      <View {...aria({ role: 'list', label: t('requests.title') })}>
        {requests.items.map((request) => (
          <Request key={request.id} request={request} onDismiss={() => void dismiss(request.id)} />
        ))}
      </View>
      {requests.nextCursor === null ? null : (
        <ActionButton id="requests-more" kind="plain" onClick={() => void requests.loadMore()}>
          {requests.more === 'loading' ? t('common.loading') : t('common.more')}
        </ActionButton>
      )}
    </Group>
  )
}

const isGone = (error: unknown) => error instanceof BffError && error.code === 'ERR_NOT_FOUND'

const Request = ({ request, onDismiss }: { request: AccessRequest; onDismiss: () => void }) => {
  const who = viewerLabel(request.viewer, t)
  return (
    <View className="request" {...aria({ role: 'listitem' })}>
      <View className="request__who">{who}</View>
      {request.note === '' ? null : <View className="request__note">{request.note}</View>}
      <View className="request__at">{t('requests.at', { time: formatTime(request.at) })}</View>
      <View
        id={`dismiss-${request.id}`}
        className="request__dismiss"
        hoverClass="pressed"
        onClick={onDismiss}
        {...aria({ role: 'button', label: t('requests.dismiss-who', { who }) })}
      >
        {t('requests.dismiss')}
      </View>
    </View>
  )
}
