import { Text, View } from '@tarojs/components'
import { aria } from './aria'
import './choices.css'

interface Props<V extends string> {
  id: string
  label: string
  /** `tab`: what is below changes with it. */
  kind?: 'radio' | 'tab'
  options: readonly { value: V; label: string }[]
  value: V
  onChange: (value: V) => void
}

/** One of a few; all are in sight. */
export const Choices = <V extends string>(props: Props<V>) => {
  const { id, label, kind = 'radio', options, value, onChange } = props
  return (
    <View
      id={id}
      className={`choices choices--${kind}`}
      {...aria({ role: kind === 'tab' ? 'tablist' : 'radiogroup', label })}
    >
      {options.map((option) => {
        const on = option.value === value
        return (
          <View
            key={option.value}
            id={`${id}-${option.value}`}
            className={`choice ${on ? 'choice--on' : ''}`}
            onClick={() => onChange(option.value)}
            {...aria({
              role: kind,
              label: option.label,
              ...(kind === 'tab' ? { selected: on } : { checked: on }),
            })}
          >
            <Text>{option.label}</Text>
          </View>
        )
      })}
    </View>
  )
}
