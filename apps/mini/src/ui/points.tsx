import { Text, View } from '@tarojs/components'
import { aria } from './aria'
import './points.css'

interface Props {
  label: string
  /** In front of each. */
  sign: string
  points: readonly string[]
}

/** Sentences, one below the other. */
export const Points = ({ label, sign, points }: Props) => (
  <View className="points" {...aria({ role: 'list', label })}>
    {points.map((point) => (
      <View key={point} className="point" {...aria({ role: 'listitem' })}>
        <Text className="point__sign" {...aria({ hidden: true })}>
          {sign}
        </Text>
        <Text className="point__text">{point}</Text>
      </View>
    ))}
  </View>
)
