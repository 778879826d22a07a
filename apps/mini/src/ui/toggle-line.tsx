import { Text, View } from '@tarojs/components'
import { aria } from './aria'
import './toggle-line.css'

interface Props {
  id: string
  label: string
  detail?: string
  checked: boolean
  onChange: (checked: boolean) => void
}

/** A line that is on or off. Own drawing: the platform's switch knows no dark theme. */
export const ToggleLine = ({ id, label, detail, checked, onChange }: Props) => (
  <View
    id={id}
    className="line"
    hoverClass="pressed"
    onClick={() => onChange(!checked)}
    {...aria({ role: 'switch', label: detail ? `${label}, ${detail}` : label, checked })}
  >
    <View className="line__main">
      <Text className="line__label">{label}</Text>
      {detail ? <Text className="line__detail">{detail}</Text> : null}
    </View>
    <View className={`toggle ${checked ? 'toggle--on' : ''}`} {...aria({ hidden: true })}>
      <View className="toggle__knob">{checked ? '✓' : ''}</View>
    </View>
  </View>
)
