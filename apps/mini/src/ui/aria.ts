export interface Aria {
  role?: string
  /** Of a heading; 2 unless said. */
  level?: 1 | 2 | 3
  label?: string
  hidden?: boolean
  disabled?: boolean
  checked?: boolean
  expanded?: boolean
  selected?: boolean
  /** Read out when it changes. */
  live?: boolean
}

/** Accessibility attributes as the templates take them (see plugins/a11y-components.cjs). Taro has no types for them. */
export const aria = ({
  role,
  level = 2,
  label,
  hidden,
  disabled,
  checked,
  expanded,
  selected,
  live,
}: Aria) => {
  const given = {
    ariaRole: role,
    ariaLevel: role === 'heading' ? String(level) : undefined,
    ariaLabel: label,
    ariaHidden: hidden,
    ariaDisabled: disabled,
    ariaChecked: checked === undefined ? undefined : String(checked),
    ariaExpanded: expanded === undefined ? undefined : String(expanded),
    ariaSelected: selected === undefined ? undefined : String(selected),
    ariaLive: live ? 'polite' : undefined,
  }
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined))
}
