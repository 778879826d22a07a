import { openQuestion, peekFacts } from '@sealcard/client'
import { Text, View } from '@tarojs/components'
import type { Peek } from '@sealcard/kit'
import { t } from '../../i18n'
import { ActionButton } from '../../ui/action-button'
import { aria } from '../../ui/aria'
import './ask-card.css'

interface Props {
  peek: Peek
  onOpen: () => void
  onLater: () => void
}

/** Asks before one of few openings is used. The person is a proven recipient; nothing is opened or counted yet. */
export const AskCard = ({ peek, onOpen, onLater }: Props) => (
  <View className="screen">
    <View className="ask">
      <Text className="ask__title" {...aria({ role: 'heading', level: 1 })}>
        {peek.title}
      </Text>
      <View className="ask__facts" {...aria({ role: 'list', label: peek.title })}>
        {peekFacts(peek, t).map((fact) => (
          <View key={fact} className="ask__fact" {...aria({ role: 'listitem' })}>
            {fact}
          </View>
        ))}
      </View>
    </View>
    <View className="ask__question" {...aria({ live: true })}>
      {openQuestion(peek, t)}
    </View>
    <ActionButton id="open-now" onClick={onOpen}>
      {t('open.now')}
    </ActionButton>
    <View className="ask__gap" />
    <ActionButton id="open-later" kind="plain" onClick={onLater}>
      {t('open.later')}
    </ActionButton>
  </View>
)
