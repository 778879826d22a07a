import { Text, View } from '@tarojs/components'
import { ActionButton } from './action-button'
import { aria } from './aria'
import './confirm-sheet.css'

interface Props {
  id: string
  title: string
  text: string
  confirm: string
  /** Of the button that confirms. */
  kind?: 'primary' | 'danger'
  cancel: string
  onConfirm: () => void
  onCancel: () => void
}

/** Asks before something that cannot be undone, or leads away. */
export const ConfirmSheet = ({
  id,
  title,
  text,
  confirm,
  kind = 'danger',
  cancel,
  onConfirm,
  onCancel,
}: Props) => (
  <View className="sheet">
    <View className="sheet__shade" onClick={onCancel} {...aria({ hidden: true })} />
    <View id={id} className="sheet__panel" {...aria({ role: 'alertdialog', label: title })}>
      <View className="sheet__title">
        <Text>{title}</Text>
      </View>
      <View className="sheet__text">
        {text.split('\n').map((part) => (
          <View key={part}>{part}</View>
        ))}
      </View>
      <ActionButton id={`${id}-confirm`} kind={kind} onClick={onConfirm}>
        {confirm}
      </ActionButton>
      <View className="sheet__gap" />
      <ActionButton id={`${id}-cancel`} kind="plain" onClick={onCancel}>
        {cancel}
      </ActionButton>
    </View>
  </View>
)
