import { useId } from 'react'

interface Props {
  label: string
  detail?: string
  checked: boolean
  onChange: (checked: boolean) => void
}

/** A line that is on or off: a check box of the browser, drawn as a switch. */
export const ToggleLine = ({ label, detail, checked, onChange }: Props) => {
  const id = useId()
  return (
    <label className="line toggle-line">
      <span className="line__main">
        <span className="line__label">{label}</span>
        {detail ? (
          <span id={id} className="line__detail">
            {detail}
          </span>
        ) : null}
      </span>
      <input
        type="checkbox"
        role="switch"
        className="toggle"
        aria-label={label}
        aria-describedby={detail ? id : undefined}
        checked={checked}
        onChange={(event) => {
          onChange(event.target.checked)
        }}
      />
    </label>
  )
}
