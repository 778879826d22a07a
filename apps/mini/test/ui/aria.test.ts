import { aria } from '../../src/ui/aria'

describe('aria', () => {
  it('leaves out what was not said and keeps what is false', () => {
    expect(aria({})).toEqual({})
    expect(aria({ role: 'switch', label: 'L', checked: false, disabled: false })).toEqual({
      ariaRole: 'switch',
      ariaLabel: 'L',
      ariaChecked: 'false',
      ariaDisabled: false,
    })
    expect(aria({ selected: true, live: true, hidden: true })).toEqual({
      ariaSelected: 'true',
      ariaLive: 'polite',
      ariaHidden: true,
    })
  })
})
