import { Text, View } from '@tarojs/components'
import { useState, type ReactNode } from 'react'
import { aria } from './aria'
import './fold.css'

interface Props {
  id: string
  label: string
  /** At the right. */
  value?: string
  children: ReactNode
}

/** A line that shows what is below it only when it is asked for. */
export const Fold = ({ id, label, value, children }: Props) => {
  const [open, setOpen] = useState(false)
  return (
    <View className="fold">
      <View
        id={id}
        className="line"
        hoverClass="pressed"
        onClick={() => setOpen(!open)}
        {...aria({ role: 'button', label: value ? `${label}, ${value}` : label, expanded: open })}
      >
        <View className="line__main">
          <Text className="line__label">{label}</Text>
        </View>
        <View className="line__value">
          {value ? <Text className="fold__value">{value}</Text> : null}
          <Text {...aria({ hidden: true })}>{open ? '▴' : '▾'}</Text>
        </View>
      </View>
      {open ? <View className="fold__content">{children}</View> : null}
    </View>
  )
}
