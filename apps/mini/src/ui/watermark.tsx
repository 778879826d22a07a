import { watermarkText } from '@sealcard/client'
import { Text, View } from '@tarojs/components'
import { aria } from './aria'
import './watermark.css'

const TILES = Array.from({ length: 24 }, (_, i) => i)

/** Tiles a text over the whole window; it lets every touch through. */
export const Watermark = ({ text }: { text: string }) => (
  <View className="watermark" {...aria({ hidden: true })}>
    {TILES.map((i) => (
      <View key={i} className="watermark__tile">
        <Text className="watermark__text">{watermarkText(text)}</Text>
      </View>
    ))}
  </View>
)
