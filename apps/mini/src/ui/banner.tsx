import { Text, View } from '@tarojs/components'
import { aria } from './aria'
import './banner.css'

interface Props {
  icon: string
  text: string
  tone?: 'plain' | 'good' | 'warn' | 'bad'
}

/** One sentence that matters, with a sign in front: the tone is never in the colour alone. */
export const Banner = ({ icon, text, tone = 'plain' }: Props) => (
  <View className={`banner banner--${tone}`} {...aria({ live: tone !== 'plain' })}>
    <Text className="banner__icon" {...aria({ hidden: true })}>
      {icon}
    </Text>
    <Text className="banner__text">{text}</Text>
  </View>
)
