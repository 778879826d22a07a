import { describeError } from '@sealcard/client'
import { View } from '@tarojs/components'
import { useDidShow, useRouter } from '@tarojs/taro'
import { useCard } from '../../features/card/use-card'
import { goBack } from '../../features/navigation/go-back'
import { useTitle } from '../../features/use-title'
import { EditForm } from '../../features/write/edit-form'
import { t } from '../../i18n'
import { routes } from '../../routes'
import { Notice } from '../../ui/notice'
import { Skeleton } from '../../ui/skeleton'

const EditPage = () => {
  useTitle('edit.title')
  const id = useRouter().params['id'] ?? ''
  const { card, error, failed, reload } = useCard(id)
  // Once: what is being changed must not change below the fingers when the page comes back.
  useDidShow(() => {
    if (!card) void reload()
  })

  if (card) return <EditForm card={card} onDone={() => void goBack(routes.card(id))} />
  if (failed === 'load') {
    const { text, requestId } = describeError(error, t)
    return (
      <Notice
        icon="!"
        title={t('card.failed')}
        text={text}
        small={requestId ? t('common.request', { id: requestId }) : undefined}
        action={{ id: 'retry', label: t('common.retry'), onClick: () => void reload() }}
      />
    )
  }
  return (
    <View className="screen">
      <Skeleton label={t('common.loading')} lines={2} />
    </View>
  )
}

export default EditPage
