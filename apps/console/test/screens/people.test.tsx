import { fireEvent, screen, waitFor, within } from '@testing-library/react'
import { ADMIN, fakeServices, show } from '../kit/fake-services'
import { pageOf, PERSON } from './things'

const ID = PERSON.id
const COUNTS = { sessions: 6, cards: 3, received: 12, blocked: true }
const answers = {
  'GET viewers': pageOf(PERSON),
  'GET sessions': pageOf({ live: true }, { live: false }),
  [`POST viewers/${ID}/offboard`]: ({ body }: { body: { dryRun?: boolean } }) => ({
    ...COUNTS,
    dryRun: body.dryRun === true,
  }),
}
const bodies = (asked: readonly { line: string; body: unknown }[]) =>
  asked.filter(({ line }) => line === `POST viewers/${ID}/offboard`).map(({ body }) => body)

it('shows that a name is in the own words of a person, with the code that proves more', async () => {
  const { services } = fakeServices(answers)
  show(services, '/people')
  const row = (await screen.findByText('陈默')).closest('tr') as HTMLElement
  expect(row.textContent).toContain('陈默 (own words)')
  expect(within(row).getByText('M2N4P6')).toBeTruthy()
  expect(within(row).getByText('May log in')).toBeTruthy()
})

it('opens a person by an id that is not on the page of the list', async () => {
  const { services, asked } = fakeServices({
    ...answers,
    'GET viewers': ({ query }: { query: { q?: string } }) =>
      query.q === ID ? pageOf(PERSON) : pageOf(),
  })
  show(services, `/people?open=${ID}`)
  expect(await screen.findByRole('button', { name: 'Offboard' })).toBeTruthy()
  expect(screen.getByRole('dialog').textContent).toContain('陈默')
  expect(asked.some(({ query }) => query['q'] === ID)).toBe(true)
})

it('counts live logins before a block, and blocks for a reason', async () => {
  const { services, asked } = fakeServices({
    ...answers,
    [`POST viewers/${ID}/block`]: { ...PERSON, blockedAt: PERSON.seenAt, ended: 1 },
  })
  show(services, `/people?open=${ID}`)
  fireEvent.click(await screen.findByRole('button', { name: 'Block' }))
  expect(await screen.findByText(/Ends logins: 1/)).toBeTruthy()
  fireEvent.click(screen.getByRole('button', { name: 'The person left' }))
  const confirm = screen.getAllByRole<HTMLButtonElement>('button', { name: 'Block' }).at(-1)
  fireEvent.submit(confirm?.form as HTMLFormElement)
  expect(await screen.findByText(/Blocked. Logins ended: 1/)).toBeTruthy()
  expect(asked.find(({ line }) => line.endsWith('/block'))?.body).toEqual({
    reason: 'The person left',
  })
})

it('shows openid or userid only after a reason', async () => {
  const { services, asked } = fakeServices({
    ...answers,
    [`GET viewers/${ID}`]: { ...PERSON, platform: 'wechat', platformId: 'oChen', personal: [] },
  })
  show(services, `/people?open=${ID}`)
  fireEvent.click(await screen.findByRole('button', { name: 'Show the platform id' }))
  expect(screen.queryByText('oChen')).toBeNull()
  fireEvent.click(await screen.findByRole('button', { name: 'The person asked for it' }))
  const confirm = screen
    .getAllByRole<HTMLButtonElement>('button', { name: 'Show the platform id' })
    .at(-1)
  fireEvent.submit(confirm?.form as HTMLFormElement)
  expect(await screen.findByText('oChen')).toBeTruthy()
  expect(asked.find(({ line }) => line === `GET viewers/${ID}`)?.query).toEqual({
    reason: 'The person asked for it',
  })
})

it('offboards in three steps: a counted preview, a reason, a report', async () => {
  const { services, asked } = fakeServices(answers)
  show(services, `/people?open=${ID}`)
  fireEvent.click(await screen.findByRole('button', { name: 'Offboard' }))
  await screen.findByText('Offboard 陈默 M2N4P6')
  // antd gives every title the same id in tests, so a dialog cannot be told by its name.
  const dialog = within(screen.getAllByRole('dialog').at(-1) as HTMLElement)
  expect(await dialog.findByText('Cards that are revoked')).toBeTruthy()
  fireEvent.click(dialog.getByRole('checkbox', { name: 'Revoke their cards' }))
  await waitFor(() => {
    expect(bodies(asked)).toContainEqual({
      revokeCards: false,
      block: true,
      erase: false,
      dryRun: true,
      reason: 'preview',
    })
  })
  fireEvent.click(dialog.getByRole('button', { name: 'Next' }))
  expect(bodies(asked).every((body) => (body as { dryRun?: boolean }).dryRun)).toBe(true)
  fireEvent.click(await dialog.findByRole('button', { name: 'Carry out' }))
  expect(await dialog.findByText('The person is offboarded')).toBeTruthy()
  const carriedOut = bodies(asked).filter((body) => !(body as { dryRun?: boolean }).dryRun)
  expect(carriedOut).toEqual([
    { revokeCards: false, block: true, erase: false, reason: 'The person left' },
  ])
  const file = dialog.getByRole('link', { name: 'Download the report as CSV' })
  const csv = decodeURIComponent(file.getAttribute('href') ?? '')
  expect(csv).toContain('"Code","M2N4P6"')
  expect(csv).toContain('"Logins that end","6"')
  expect(dialog.getByRole('link', { name: 'See the audit entry' })).toBeTruthy()
})

it('keeps a name that would run in a spreadsheet text', async () => {
  const { reportOf } = await import('../../src/screens/people/offboard-report')
  const { peopleWords } = await import('../../src/screens/people/words')
  const { translatorOf } = await import('@sealcard/client')
  const named = { ...PERSON, name: '=HYPERLINK("x")' }
  const address = reportOf(named, { ...COUNTS, dryRun: false }, translatorOf(peopleWords, 'en'))
  expect(decodeURIComponent(address)).toContain(`"'=HYPERLINK(""x"")"`)
})

it('offers an operator everything but erasing and identities', async () => {
  const { services } = fakeServices(answers, { session: { ...ADMIN, role: 'operator' } })
  show(services, `/people?open=${ID}`)
  const button = (name: string) => screen.getByRole<HTMLButtonElement>('button', { name })
  await screen.findByRole('button', { name: 'Offboard' })
  expect(button('Offboard').disabled).toBe(false)
  expect(button('Block').disabled).toBe(false)
  expect(button('Erase').disabled).toBe(true)
  expect(button('Show the platform id').disabled).toBe(true)
})
