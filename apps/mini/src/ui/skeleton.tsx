import { View } from '@tarojs/components'
import { aria } from './aria'
import './skeleton.css'

/** Stands where lines will be, and says that they are coming. */
export const Skeleton = ({ label, lines = 3 }: { label: string; lines?: number }) => (
  <View className="bones" {...aria({ role: 'status', label })}>
    {Array.from({ length: lines }, (_, i) => (
      <View key={i} className="bones__block" {...aria({ hidden: true })}>
        <View className="skeleton bones__wide" />
        <View className="skeleton bones__narrow" />
      </View>
    ))}
  </View>
)
