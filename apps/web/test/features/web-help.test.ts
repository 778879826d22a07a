import { dictionary, helpFor } from '@sealcard/client'
import { webHelpFor } from '../../src/features/open/web-help'

describe('help with a refusal in the web page', () => {
  it('tells nobody whether there is a card', () => {
    for (const step of webHelpFor('not-recipient').steps) {
      expect(dictionary[step].zh).not.toMatch(/撤回|过期|不存在/)
    }
  })

  it('names no other client, and no rule of the mini-program', () => {
    const steps = [...webHelpFor('not-recipient').steps, ...webHelpFor('no-ticket').steps]
    expect(steps).not.toContain('help.from-phone')
    expect(steps).not.toContain('help.wecom-customer')
  })

  it('is otherwise the mini-program’s', () => {
    expect(webHelpFor('revoked')).toEqual(helpFor('revoked'))
    expect(webHelpFor('not-recipient').retry).toBe(true)
  })
})
