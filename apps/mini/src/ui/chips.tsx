import { Text, View } from '@tarojs/components'
import { aria } from './aria'
import './choices.css'

interface Props<V extends string> {
  id: string
  label: string
  options: readonly { value: V; label: string; on: boolean }[]
  onChange: (value: V, on: boolean) => void
}

/** Any of a few, each on or off; all are in sight. */
export const Chips = <V extends string>({ id, label, options, onChange }: Props<V>) => (
  <View id={id} className="choices choices--radio" {...aria({ role: 'group', label })}>
    {options.map(({ value, label: text, on }) => (
      <View
        key={value}
        id={`${id}-${value}`}
        className={`choice ${on ? 'choice--on' : ''}`}
        onClick={() => onChange(value, !on)}
        {...aria({ role: 'checkbox', label: text, checked: on })}
      >
        <Text>{on ? `✓ ${text}` : text}</Text>
      </View>
    ))}
  </View>
)
