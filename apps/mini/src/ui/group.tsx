import { Text, View } from '@tarojs/components'
import type { ReactNode } from 'react'
import { aria } from './aria'
import './group.css'

interface GroupProps {
  title?: string
  note?: string
  /** Its lines are items of a list. */
  list?: boolean
  children: ReactNode
}

/** A block of lines under a heading, as in the platform's settings. */
export const Group = ({ title = '', note, list = false, children }: GroupProps) => (
  <View className="group">
    {title ? (
      <View className="group__title" {...aria({ role: 'heading' })}>
        <Text>{title}</Text>
      </View>
    ) : null}
    <View className="group__lines" {...(list ? aria({ role: 'list', label: title }) : {})}>
      {children}
    </View>
    {note ? <View className="group__note">{note}</View> : null}
  </View>
)

interface LineProps {
  label: string
  /** Under the label, smaller; each of its lines is an element, because not every client breaks a text at a line feed. */
  detail?: string
  /** At the right. */
  value?: ReactNode
  /** An item of a list around it. */
  item?: boolean
}

export const Line = ({ label, detail, value, item = false }: LineProps) => (
  <View className="line" {...(item ? aria({ role: 'listitem' }) : {})}>
    <View className="line__main">
      <Text className="line__label">{label}</Text>
      {detail ? detail.split('\n').map((part) => <Detail key={part} text={part} />) : null}
    </View>
    {value === undefined ? null : <View className="line__value">{value}</View>}
  </View>
)

const Detail = ({ text }: { text: string }) => (
  <View className="line__detail">
    <Text>{text}</Text>
  </View>
)
