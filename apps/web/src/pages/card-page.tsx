import { awaitsAcknowledgement, canExtend, describeError, readerKey } from '@sealcard/client'
import { useEffect, useState } from 'react'
import { CardContent } from '../features/card/card-content'
import { ExtendPanel } from '../features/card/extend-panel'
import { LateComers } from '../features/card/late-comers'
import { OwnActions } from '../features/card/own-actions'
import { Roster } from '../features/card/roster'
import { SharePanel } from '../features/card/share-panel'
import { useCard } from '../features/card/use-card'
import { useShare } from '../features/card/use-share'
import { useWatch } from '../features/card/use-watch'
import { usePaged } from '../features/paged/use-paged'
import { AccessRequests } from '../features/requests/access-requests'
import { SettingsLink } from '../features/settings/settings-link'
import { useBack } from '../use-page'
import { routes } from '../routes'
import { useServices, useWords } from '../services'
import { ActionButton } from '../ui/action-button'
import { Banner } from '../ui/banner'
import { ConfirmSheet } from '../ui/confirm-sheet'
import { Notice } from '../ui/notice'
import { Skeleton } from '../ui/skeleton'
import { Top } from '../ui/top'

/** A card that the person wrote: its words, its share, its readers, its revocation. */
export const CardPage = ({ id, viewerId }: { id: string; viewerId: string }) => {
  const { client } = useServices()
  const { t, w } = useWords()
  const { card, error, failed, doing, reload, check, revoke, ...own } = useCard(id)
  const share = useShare(id, viewerId, card?.status)
  const readers = usePaged(
    (cursor) => client.listOpenings(id, cursor === undefined ? {} : { cursor }),
    readerKey,
  )
  const [asking, setAsking] = useState(false)

  const reloadReaders = readers.reload
  useEffect(() => void reloadReaders(), [reloadReaders])
  useBack(() => {
    void reload()
    void reloadReaders({ keep: true })
  })

  useWatch(card?.status === 'active', async () => {
    const news = await check()
    if (news || awaitsAcknowledgement(card, readers.items)) await reloadReaders({ keep: true })
    return news
  })

  const confirmDelete = async () => {
    if (!(await own.remove())) return
    share.stop()
    share.forget()
    window.location.replace(routes.list('sent'))
  }

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
      <CardContent
        card={card}
        verifyUntil={share.state.step === 'ready' ? share.state.share.verifyUntil : null}
      />
      {failed ? <Banner icon="!" tone="bad" text={describeError(error, t).text} /> : null}
      {card.status === 'active' ? <SharePanel share={share} /> : null}
      {canExtend(card) ? (
        <ExtendPanel
          card={card}
          working={doing === 'extend'}
          extended={own.extended}
          onExtend={own.extend}
          onExtendTo={own.extendTo}
        />
      ) : null}
      <AccessRequests
        cardId={id}
        ended={card.status !== 'active'}
        onShare={
          card.status === 'active' && share.state.step === 'ready'
            ? () => void share.send('chosen')
            : null
        }
      />
      <Roster card={card} readers={readers} at={own.at} />
      <LateComers cardId={id} refused={card.openings?.refused ?? 0} />
      <OwnActions
        card={card}
        viewerId={viewerId}
        deleting={doing === 'delete'}
        onDelete={() => void confirmDelete()}
      />
      {card.status === 'active' ? (
        <ActionButton
          kind="danger"
          busy={doing !== null}
          onClick={() => {
            setAsking(true)
          }}
        >
          {doing === 'revoke' ? t('card.revoking') : t('card.revoke')}
        </ActionButton>
      ) : null}
      <SettingsLink />
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
