import { Text, View } from '@tarojs/components'
import { aria } from './aria'
import './action-line.css'

interface Props {
  id: string
  label: string
  detail?: string
  danger?: boolean
  disabled?: boolean
  onClick: () => void
}

/** A line of a group that does something, or leads somewhere. */
export const ActionLine = ({ id, label, detail, danger, disabled = false, onClick }: Props) => (
  <View
    id={id}
    className={`line ${danger ? 'line--danger' : ''}`}
    hoverClass="pressed"
    onClick={() => {
      if (!disabled) onClick()
    }}
    {...aria({ role: 'button', label: detail ? `${label}, ${detail}` : label, disabled })}
  >
    <View className="line__main">
      <Text className="line__label">{label}</Text>
      {detail ? (
        <View className="line__detail">
          <Text>{detail}</Text>
        </View>
      ) : null}
    </View>
    <Text className="line__arrow" {...aria({ hidden: true })}>
      ›
    </Text>
  </View>
)
