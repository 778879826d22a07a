interface Props<V extends string> {
  label: string
  options: readonly { value: V; label: string; on: boolean }[]
  onChange: (value: V, on: boolean) => void
}

/** Any of a few, each on or off; all are in sight. */
export const Chips = <V extends string>({ label, options, onChange }: Props<V>) => (
  <fieldset className="choices">
    <legend className="choices__hidden">{label}</legend>
    {options.map((option) => (
      <label key={option.value} className="choice">
        <input
          type="checkbox"
          className="choice__input"
          checked={option.on}
          onChange={(event) => {
            onChange(option.value, event.target.checked)
          }}
        />
        <span className="choice__text">{option.label}</span>
      </label>
    ))}
  </fieldset>
)
