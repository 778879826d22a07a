import { describeError, formatTime, viewerLabel } from '@sealcard/client'
import { BffError } from '@sealcard/kit'
import type { AccessRequest } from '@sealcard/protocol'
import { useEffect, useState } from 'react'
import { useServices, useWords } from '../../services'
import { ActionButton } from '../../ui/action-button'
import { Banner } from '../../ui/banner'
import { Group } from '../../ui/group'
import { useBack } from '../../use-page'
import { usePaged } from '../paged/use-paged'

interface Props {
  cardId: string
  /** Shares the card again; null: it is shared no more, or not yet. */
  onShare: (() => void) | null
  /** It can be shared no more. */
  ended: boolean
}

/** Who asked for access to the person's own card. Nothing without a request. */
export const AccessRequests = ({ cardId, onShare, ended }: Props) => {
  const { client } = useServices()
  const { t } = useWords()
  const requests = usePaged(
    (cursor) => client.listRequests(cardId, cursor === undefined ? undefined : { cursor }),
    (request) => request.id,
  )
  const [trouble, setTrouble] = useState<string | null>(null)
  const { reload } = requests
  useEffect(() => void reload(), [reload])
  useBack(() => void reload({ keep: true }))

  const dismiss = async (id: string) => {
    setTrouble(null)
    try {
      await client.dismissRequest(id)
    } catch (error) {
      // Another device may have dismissed it.
      const gone = error instanceof BffError && error.code === 'ERR_NOT_FOUND'
      if (!gone) setTrouble(describeError(error, t).text)
    }
    await reload({ keep: true })
  }

  if (requests.items.length === 0) return null
  return (
    <Group title={t('requests.title')}>
      <p className="settings__why">{t(ended ? 'requests.hint-ended' : 'requests.hint')}</p>
      <div className="settings__block">
        {onShare ? (
          <ActionButton kind="plain" onClick={onShare}>
            {t('requests.share')}
          </ActionButton>
        ) : null}
        {trouble ? <Banner icon="!" tone="bad" text={trouble} /> : null}
      </div>
      <ul className="requests" aria-label={t('requests.title')}>
        {requests.items.map((request) => (
          <Request key={request.id} request={request} onDismiss={() => void dismiss(request.id)} />
        ))}
      </ul>
      {requests.nextCursor === null ? null : (
        <ActionButton kind="plain" onClick={() => void requests.loadMore()}>
          {requests.more === 'loading' ? t('common.loading') : t('common.more')}
        </ActionButton>
      )}
    </Group>
  )
}

const Request = ({ request, onDismiss }: { request: AccessRequest; onDismiss: () => void }) => {
  const { t } = useWords()
  const who = viewerLabel(request.viewer, t)
  return (
    <li className="request">
      <span className="request__who">{who}</span>
      {request.note === '' ? null : (
        <span className="request__note" dir="auto">
          {request.note}
        </span>
      )}
      <span className="request__at">{t('requests.at', { time: formatTime(request.at) })}</span>
      <button
        type="button"
        className="request__dismiss"
        aria-label={t('requests.dismiss-who', { who })}
        onClick={onDismiss}
      >
        {t('requests.dismiss')}
      </button>
    </li>
  )
}
