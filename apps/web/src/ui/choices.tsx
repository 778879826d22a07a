import { useId } from 'react'

interface Props<V extends string> {
  label: string
  options: readonly { value: V; label: string }[]
  value: V
  onChange: (value: V) => void
}

/** One of a few; all are in sight. */
export const Choices = <V extends string>({ label, options, value, onChange }: Props<V>) => {
  const name = useId()
  return (
    <fieldset className="choices">
      <legend className="choices__label">{label}</legend>
      {options.map((option) => (
        <label key={option.value} className="choice">
          <input
            type="radio"
            name={name}
            className="choice__input"
            checked={option.value === value}
            onChange={() => {
              onChange(option.value)
            }}
          />
          <span className="choice__text">{option.label}</span>
        </label>
      ))}
    </fieldset>
  )
}
