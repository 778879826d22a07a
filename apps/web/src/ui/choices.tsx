import { useId } from 'react'

interface Props<V extends string> {
  label: string
  /** The label is read out, and not drawn: what is around says it. */
  hidden?: boolean
  options: readonly { value: V; label: string }[]
  value: V
  onChange: (value: V) => void
}

/** One of a few; all are in sight. */
export const Choices = <V extends string>({
  label,
  hidden,
  options,
  value,
  onChange,
}: Props<V>) => {
  const name = useId()
  return (
    <fieldset className="choices">
      <legend className={hidden ? 'choices__hidden' : 'choices__label'}>{label}</legend>
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
