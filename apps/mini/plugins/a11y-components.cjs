// Taro types ariaRole and ariaLabel but its weapp templates do not emit them.
const aria = {
  'aria-role': '',
  'aria-level': '',
  'aria-label': '',
  'aria-hidden': '',
  'aria-disabled': '',
  'aria-checked': '',
  'aria-expanded': '',
  'aria-selected': '',
  'aria-live': '',
}

module.exports.a11yComponents = Object.fromEntries(
  ['View', 'Text', 'Button', 'Input', 'Textarea', 'Picker'].map((name) => [name, aria]),
)
