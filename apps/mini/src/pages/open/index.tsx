import { View } from '@tarojs/components'
import { useRouter } from '@tarojs/taro'
import { navigation } from '../../features/navigation'
import { AskCard } from '../../features/open/ask-card'
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
  const { s = '', c } = useRouter().params
  const { state, confirm, retry, acknowledge } = useOpenCard(s, c === '1')
  const goHome = () => void navigation.restart(routes.index)

  if (state.step === 'opening') {
    return (
      <View className="screen">
        <Skeleton label={t('open.opening')} lines={2} />
        <View className="opening">{t('open.opening')}</View>
      </View>
    )
  }
  if (state.step === 'asking')
    return <AskCard peek={state.peek} onOpen={confirm} onLater={goHome} />
  if (state.step === 'opened') return <OpenedCard state={state} onAcknowledge={acknowledge} />
  if (state.step === 'own') return <OwnCard cardId={state.cardId} />
  return (
    <RefusedCard
      shareId={s}
      refusal={state.refusal}
      platform={services().platform.kind}
      onRetry={retry}
      onHome={goHome}
    />
  )
}

export default OpenPage
