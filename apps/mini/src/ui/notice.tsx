import { Text, View } from '@tarojs/components'
import type { ReactNode } from 'react'
import { ActionButton } from './action-button'
import { aria } from './aria'
import './notice.css'

interface Props {
  icon: string
  title: string
  text?: string | undefined
  /** A reference for the operator of the service. */
  small?: string | undefined
  action?: { id: string; label: string; onClick: () => void } | undefined
  children?: ReactNode
}

/** Says why there is nothing else to see, and what can be done. */
export const Notice = ({ icon, title, text, small, action, children }: Props) => (
  <View className="notice" {...aria({ live: true })}>
    <View className="notice__icon" {...aria({ hidden: true })}>
      {icon}
    </View>
    <View className="notice__title" {...aria({ role: 'heading', level: 1 })}>
      <Text>{title}</Text>
    </View>
    {text ? <View className="notice__text">{text}</View> : null}
    {children}
    {action ? (
      <View className="notice__action">
        <ActionButton id={action.id} kind="plain" onClick={action.onClick}>
          {action.label}
        </ActionButton>
      </View>
    ) : null}
    {small ? <View className="notice__small">{small}</View> : null}
  </View>
)
