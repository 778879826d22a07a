import { describeError } from '@sealcard/client'
import { useEffect, useState } from 'react'
import { CardContent } from '../features/card/card-content'
import { Roster } from '../features/card/roster'
import { SharePanel } from '../features/card/share-panel'
import { useCard } from '../features/card/use-card'
import { useShare } from '../features/card/use-share'
import { usePaged } from '../features/paged/use-paged'
import { useBack } from '../use-page'
import { routes } from '../routes'
import { useServices, useWords } from '../services'
import { ActionButton } from '../ui/action-button'
import { Banner } from '../ui/banner'
import { ConfirmSheet } from '../ui/confirm-sheet'
import { Notice } from '../ui/notice'
import { Skeleton } from '../ui/skeleton'
import { Top } from '../ui/top'

/** A card of one's own: its words, its share, its readers, its revocation. */
export const CardPage = ({ id }: { id: string }) => {
  const { client } = useServices()
  const { t, w } = useWords()
  const { card, error, failed, revoking, reload, revoke } = useCard(id)
  const share = useShare(id)
  const readers = usePaged(
    (cursor) => client.listOpenings(id, cursor === undefined ? {} : { cursor }),
    (reader) => reader.viewer.id,
  )
  const [asking, setAsking] = useState(false)

  const reloadReaders = readers.reload
  useEffect(() => void reloadReaders(), [reloadReaders])
  useBack(() => {
    void reload()
    void reloadReaders({ keep: true })
  })

  const confirmRevoke = async () => {
    setAsking(false)
    if (await revoke()) share.stop()
  }

  const top = (
    <Top title={t('card.title')} back={{ href: routes.list('sent'), label: w('nav.back') }} />
  )
  if (!card) {
    const { text, requestId } = describeError(error, t)
    return (
      <main className="screen">
        {top}
        {failed === 'load' ? (
          <Notice
            icon="!"
            title={t('card.failed')}
            text={text}
            small={requestId ? t('common.request', { id: requestId }) : undefined}
          >
            <ActionButton kind="plain" onClick={() => void reload()}>
              {t('common.retry')}
            </ActionButton>
          </Notice>
        ) : (
          <Skeleton label={t('common.loading')} lines={2} />
        )}
      </main>
    )
  }

  return (
    <main className="screen">
      {top}
      <CardContent card={card} />
      {failed ? <Banner icon="!" tone="bad" text={describeError(error, t).text} /> : null}
      {card.status === 'active' ? <SharePanel share={share} /> : null}
      <Roster card={card} readers={readers} />
      {card.status === 'active' ? (
        <ActionButton
          kind="danger"
          busy={revoking}
          onClick={() => {
            setAsking(true)
          }}
        >
          {revoking ? t('card.revoking') : t('card.revoke')}
        </ActionButton>
      ) : null}
      {asking ? (
        <ConfirmSheet
          title={t('card.revoke-question')}
          text={t('card.revoke-effect')}
          confirm={t('card.revoke-confirm')}
          cancel={t('common.cancel')}
          onConfirm={() => void confirmRevoke()}
          onCancel={() => {
            setAsking(false)
          }}
        />
      ) : null}
    </main>
  )
}
