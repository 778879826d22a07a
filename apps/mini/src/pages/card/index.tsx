import { awaitsAcknowledgement, canExtend, describeError, readerKey } from '@sealcard/client'
import { View } from '@tarojs/components'
import Taro, { useDidShow, usePullDownRefresh, useRouter } from '@tarojs/taro'
import { useState } from 'react'
import { useCaptureGuard } from '../../features/capture/use-capture-guard'
import { CardContent } from '../../features/card/card-content'
import { ExtendPanel } from '../../features/card/extend-panel'
import { LateComers } from '../../features/card/late-comers'
import { OwnActions } from '../../features/card/own-actions'
import { Roster } from '../../features/card/roster'
import { SharePanel } from '../../features/card/share-panel'
import { useCard } from '../../features/card/use-card'
import { useDeclareShare } from '../../features/card/use-declare-share'
import { useWatch } from '../../features/card/use-watch'
import { NameAsk } from '../../features/name/name-ask'
import { goBack } from '../../features/navigation/go-back'
import { AccessRequests } from '../../features/requests/access-requests'
import { SubscriptionLine } from '../../features/notices/subscription-line'
import { usePaged } from '../../features/paged/use-paged'
import { SettingsLink } from '../../features/settings/settings-link'
import { useTitle } from '../../features/use-title'
import { t } from '../../i18n'
import { routes } from '../../routes'
import { services } from '../../services'
import { ActionButton } from '../../ui/action-button'
import { Banner } from '../../ui/banner'
import { ConfirmSheet } from '../../ui/confirm-sheet'
import { Notice } from '../../ui/notice'
import { Skeleton } from '../../ui/skeleton'

const CardPage = () => {
  useTitle('card.title')
  const id = useRouter().params['id'] ?? ''
  const { card, error, failed, doing, reload, check, revoke, ...own } = useCard(id)
  const share = useDeclareShare(id, card?.status)
  const readers = usePaged(
    (cursor) => services().client.listOpenings(id, cursor === undefined ? {} : { cursor }),
    readerKey,
  )
  const [asking, setAsking] = useState(false)
  const readable = useCaptureGuard(card?.policy.guardCapture === true)

  const refresh = () => Promise.all([reload(), readers.reload({ keep: true })])
  useDidShow(() => void refresh())
  usePullDownRefresh(() => void refresh().then(() => Taro.stopPullDownRefresh()))

  useWatch(card?.status === 'active', async () => {
    const news = await check()
    if (news || awaitsAcknowledgement(card, readers.items)) await readers.reload({ keep: true })
    return news
  })

  const confirmDelete = async () => {
    if (!(await own.remove())) return
    share.stop()
    share.forget()
    await goBack(routes.index)
  }

  const confirmRevoke = async () => {
    setAsking(false)
    if (await revoke()) share.stop()
  }

  if (!card || !readable) {
    if (card || failed !== 'load') {
      return (
        <View className="screen">
          <Skeleton label={t('common.loading')} lines={2} />
        </View>
      )
    }
    const { text, requestId } = describeError(error, t)
    return (
      <Notice
        icon="!"
        title={t('card.failed')}
        text={text}
        small={requestId ? t('common.request', { id: requestId }) : undefined}
        action={{ id: 'retry', label: t('common.retry'), onClick: () => void refresh() }}
      />
    )
  }

  return (
    <View className="screen">
      <CardContent
        card={card}
        verifyUntil={share.state.step === 'ready' ? share.state.share.verifyUntil : null}
      />
      {failed ? <Banner icon="!" tone="bad" text={describeError(error, t).text} /> : null}
      {card.status === 'active' ? (
        <SharePanel
          state={share.state}
          shared={share.shared}
          onLabel={share.setLabel}
          onRetry={share.retry}
        />
      ) : null}
      {card.status === 'active' ? (
        <SubscriptionLine cardId={id} sharedAt={share.shared?.at} />
      ) : null}
      {canExtend(card) ? (
        <ExtendPanel
          card={card}
          working={doing === 'extend'}
          extended={own.extended}
          onExtend={(by) => void own.extend(by)}
          onExtendTo={own.extendTo}
        />
      ) : null}
      <AccessRequests
        cardId={id}
        shareReady={card.status === 'active' ? share.state.step === 'ready' : null}
      />
      <NameAsk why="name.ask-sender" />
      <Roster card={card} readers={readers} at={own.at} />
      <LateComers cardId={id} refused={card.openings?.refused ?? 0} />
      <OwnActions card={card} deleting={doing === 'delete'} onDelete={() => void confirmDelete()} />
      {card.status === 'active' ? (
        <ActionButton
          id="revoke"
          kind="danger"
          disabled={doing !== null}
          onClick={() => setAsking(true)}
        >
          {doing === 'revoke' ? t('card.revoking') : t('card.revoke')}
        </ActionButton>
      ) : null}
      <SettingsLink />
      {asking ? (
        <ConfirmSheet
          id="revoke-sheet"
          title={t('card.revoke-question')}
          text={t('card.revoke-effect')}
          confirm={t('card.revoke-confirm')}
          cancel={t('common.cancel')}
          onConfirm={() => void confirmRevoke()}
          onCancel={() => setAsking(false)}
        />
      ) : null}
    </View>
  )
}

export default CardPage
