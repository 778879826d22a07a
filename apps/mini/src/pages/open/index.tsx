import { View } from '@tarojs/components'
import { useRouter } from '@tarojs/taro'
import { navigation } from '../../features/navigation'
import { OpenedCard } from '../../features/open/opened-card'
import { OwnCard } from '../../features/open/own-card'
import { RefusedCard } from '../../features/open/refused-card'
import { useOpenCard } from '../../features/open/use-open-card'
import { useTitle } from '../../features/use-title'
import { t } from '../../i18n'
import { routes } from '../../routes'
import { services } from '../../services'
import { Skeleton } from '../../ui/skeleton'
import './index.css'

const OpenPage = () => {
  useTitle('open.title')
  const { state, retry, acknowledge } = useOpenCard(useRouter().params['s'] ?? '')

  if (state.step === 'opening') {
    return (
      <View className="screen">
        <Skeleton label={t('open.opening')} lines={2} />
        <View className="opening">{t('open.opening')}</View>
      </View>
    )
  }
  if (state.step === 'opened') return <OpenedCard state={state} onAcknowledge={acknowledge} />
  if (state.step === 'own') return <OwnCard cardId={state.cardId} />
  return (
    <RefusedCard
      refusal={state.refusal}
      platform={services().platform.kind}
      onRetry={retry}
      onHome={() => void navigation.restart(routes.index)}
    />
  )
}

export default OpenPage
