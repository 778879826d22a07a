import type { Activity, Named } from '@sealcard/protocol'
import { screen } from '@testing-library/react'
import { Sentence } from '../../src/ui/sentence'
import { fakeServices, inShell, show } from '../kit/fake-services'
import { CARD, CHEN } from '../screens/things'

const by: Named = { kind: 'administrator', id: 'a1', name: 'lin' }
const sentence = async (what: Partial<Activity>) => {
  const { services } = fakeServices()
  await services.sessions.ask()
  const activity: Activity = {
    at: '2026-11-28T07:00:00Z',
    kind: 'card.revoke',
    decision: 'done',
    reason: null,
    by,
    about: { kind: 'card', id: CARD.id, name: CARD.title },
    id: 'activity-1',
    ...what,
  }
  const page = (
    <p data-testid="it">
      <Sentence what={activity} />
    </p>
  )
  show(services, '/', inShell([{ path: '/', element: page }]))
  return (await screen.findByTestId('it')).textContent
}

describe('a sentence of the feed', () => {
  it.each<[Named, string]>([
    [by, 'The administrator lin revoked 季度奖金'],
    [{ kind: 'token', id: 't1', name: 'nightly' }, 'The token nightly revoked 季度奖金'],
    [{ kind: 'system', id: '' }, 'The service revoked 季度奖金'],
  ])('begins with a capital letter, whoever acts', async (who, text) => {
    expect(await sentence({ by: who })).toBe(text)
  })

  it('goes on with a small letter', async () => {
    const whom = { kind: 'administrator', id: 'a2', name: 'chen' } as const
    expect(await sentence({ kind: 'admin.reset', about: whom })).toMatch(
      /^The administrator lin: .* – the administrator chen$/,
    )
  })

  it('says why an opening was refused', async () => {
    const what = { kind: 'opening', decision: 'refused', reason: 'card_revoked' } as const
    const person = { kind: 'person', ...CHEN } as const
    expect(await sentence({ ...what, by: person })).toMatch(/could not open 季度奖金\. \S+/)
  })
})
