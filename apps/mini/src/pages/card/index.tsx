import { describeError } from '@sealcard/client'
import { View } from '@tarojs/components'
import Taro, { useDidShow, usePullDownRefresh, useRouter } from '@tarojs/taro'
import { useState } from 'react'
import { useCaptureGuard } from '../../features/capture/use-capture-guard'
import { CardContent } from '../../features/card/card-content'
import { Roster } from '../../features/card/roster'
import { SharePanel } from '../../features/card/share-panel'
import { useCard } from '../../features/card/use-card'
import { useDeclareShare } from '../../features/card/use-declare-share'
import { NameAsk } from '../../features/name/name-ask'
import { usePaged } from '../../features/paged/use-paged'
import { useTitle } from '../../features/use-title'
import { t } from '../../i18n'
import { services } from '../../services'
import { ActionButton } from '../../ui/action-button'
import { Banner } from '../../ui/banner'
import { ConfirmSheet } from '../../ui/confirm-sheet'
import { Notice } from '../../ui/notice'
import { Skeleton } from '../../ui/skeleton'

const CardPage = () => {
  useTitle('card.title')
  const id = useRouter().params['id'] ?? ''
  const { card, error, failed, revoking, reload, revoke } = useCard(id)
  const share = useDeclareShare(id)
  const readers = usePaged(
    (cursor) => services().client.listOpenings(id, cursor === undefined ? {} : { cursor }),
    (reader) => reader.viewer.id,
  )
  const [asking, setAsking] = useState(false)
  const readable = useCaptureGuard(card?.policy.guardCapture === true)

  const refresh = () => Promise.all([reload(), readers.reload({ keep: true })])
  useDidShow(() => void refresh())
  usePullDownRefresh(() => void refresh().then(() => Taro.stopPullDownRefresh()))

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
      <CardContent card={card} />
      {failed ? <Banner icon="!" tone="bad" text={describeError(error, t).text} /> : null}
      {card.status === 'active' ? <SharePanel state={share.state} onRetry={share.retry} /> : null}
      <NameAsk why="name.ask-sender" />
      <Roster card={card} readers={readers} />
      {card.status === 'active' ? (
        <ActionButton id="revoke" kind="danger" disabled={revoking} onClick={() => setAsking(true)}>
          {revoking ? t('card.revoking') : t('card.revoke')}
        </ActionButton>
      ) : null}
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
