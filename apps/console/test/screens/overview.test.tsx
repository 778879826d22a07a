import type { Activity, Overview } from '@sealcard/protocol'
import { screen, within } from '@testing-library/react'
import { failure, fakeServices, NOW, show } from '../kit/fake-services'
import { CARD, CHEN, pageOf } from './things'

const overview: Overview = {
  at: new Date(NOW).toISOString(),
  opened: { today: 12, yesterday: 7 },
  refused: { today: 3, yesterday: 0 },
  cards: { today: 1, yesterday: 1 },
  expiring: {
    count: 1,
    more: true,
    next: [{ ...CARD, expiresAt: new Date(NOW + 86_400_000).toISOString() }],
  },
  platforms: { apps: 2, well: 1 },
}
const opened: Activity = {
  id: 'a1',
  at: new Date(NOW - 120_000).toISOString(),
  kind: 'opening',
  decision: 'granted',
  reason: null,
  by: { kind: 'person', ...CHEN },
  about: { kind: 'card', id: CARD.id, name: CARD.title },
}

it('shows four figures and what happened last, in sentences with links', async () => {
  const { services } = fakeServices({ 'GET overview': overview, 'GET activity': pageOf(opened) })
  show(services, '/overview')
  expect(await screen.findByText('12')).toBeTruthy()
  expect(screen.getByText('Yesterday: 7')).toBeTruthy()
  expect(screen.getByText('1+')).toBeTruthy()
  expect(screen.getByText('1 of 2 work')).toBeTruthy()
  const feed = within(screen.getByRole('region', { name: 'Latest activity' }))
  const line = await feed.findByRole('listitem')
  expect(line.textContent).toMatch(/^陈默.*opened 季度奖金.*2 minutes ago$/)
  expect(feed.getByRole('link', { name: '季度奖金' }).getAttribute('href')).toBe(
    `/cards?open=${CARD.id}`,
  )
})

it('asks for the figures of the app that the address names', async () => {
  const { services, asked } = fakeServices({
    'GET overview': overview,
    'GET activity': pageOf(),
  })
  show(services, '/overview?app=demo')
  await screen.findByText('12')
  const found = asked.filter(({ line }) => line === 'GET overview')
  expect(found.map(({ query }) => query)).toEqual([{ app: 'demo' }])
})

it('a part that could not be read leaves the others', async () => {
  const { services } = fakeServices({
    'GET overview': overview,
    'GET activity': failure('ERR_INTERNAL', 500),
  })
  show(services, '/overview')
  expect(await screen.findByText('This could not be read')).toBeTruthy()
  expect(await screen.findByText('12')).toBeTruthy()
})
