import { fireEvent, screen, waitFor } from '@testing-library/react'
import { DangerousAct } from '../../src/ui/dangerous-act'
import { ADMIN, failure, fakeServices, inShell, show } from '../kit/fake-services'

interface Revoked {
  revoked: number
}

const Page = ({ effect }: { effect: string | undefined }) => (
  <DangerousAct<Revoked>
    label="Revoke all"
    needs="revoke"
    effect={effect}
    forGood="Openings stay in the audit"
    type="12"
    run={(api, reason) => api.send('POST', 'viewers/v1/revoke-cards', { reason })}
    done={({ revoked }) => `${revoked} revoked`}
    audit={{ kind: 'viewer.revoke_cards', subject: 'v1' }}
  />
)
const start = async (answers = {}, page = <Page effect="12 cards" />, session = ADMIN) => {
  const fake = fakeServices(answers, { session })
  await fake.services.sessions.ask()
  return { ...fake, ...show(fake.services, '/p', inShell([{ path: '/p', element: page }])) }
}
/** The one in the dialog is the last. */
const ok = () =>
  screen
    .getAllByRole<HTMLButtonElement>('button', { name: 'Revoke all' })
    .at(-1) as HTMLButtonElement
const open = () => {
  fireEvent.click(screen.getByRole('button', { name: 'Revoke all' }))
}

it('shows the effect, wants a reason and the typed count, and leads to the audit entry', async () => {
  const { asked } = await start({ 'POST viewers/v1/revoke-cards': { revoked: 12 } })
  open()
  expect(await screen.findByText('12 cards')).toBeTruthy()
  expect(screen.getByText('Openings stay in the audit')).toBeTruthy()
  expect(ok().disabled).toBe(true)
  fireEvent.click(screen.getByRole('button', { name: 'The person left' }))
  expect(ok().disabled).toBe(true)
  fireEvent.change(screen.getByLabelText('Type “12” to confirm'), { target: { value: '11' } })
  expect(ok().disabled).toBe(true)
  fireEvent.change(screen.getByLabelText('Type “12” to confirm'), { target: { value: '12' } })
  expect(ok().disabled).toBe(false)
  fireEvent.submit(ok().form as HTMLFormElement)
  expect(await screen.findByText(/12 revoked/)).toBeTruthy()
  expect(asked.find(({ line }) => line.startsWith('POST'))?.body).toEqual({
    reason: 'The person left',
  })
  const link = screen.getByRole('link', { name: 'See the audit entry' })
  expect(link.getAttribute('href')).toBe('/audit?kind=viewer.revoke_cards&subject=v1')
})

it('does not run while its effect is being counted', async () => {
  const { asked } = await start({}, <Page effect={undefined} />)
  open()
  expect(await screen.findByText('Counting what it affects')).toBeTruthy()
  fireEvent.click(screen.getByRole('button', { name: 'The person left' }))
  fireEvent.change(screen.getByLabelText('Type “12” to confirm'), { target: { value: '12' } })
  fireEvent.submit(ok().form as HTMLFormElement)
  expect(ok().disabled).toBe(true)
  expect(asked.filter(({ line }) => line.startsWith('POST'))).toEqual([])
})

it('keeps the reason when it fails', async () => {
  await start({ 'POST viewers/v1/revoke-cards': failure('ERR_CONFLICT', 409) })
  open()
  fireEvent.change(await screen.findByLabelText(/^Reason/), { target: { value: 'a leak' } })
  fireEvent.change(screen.getByLabelText('Type “12” to confirm'), { target: { value: '12' } })
  fireEvent.submit(ok().form as HTMLFormElement)
  expect(await screen.findByText(/Reload and try again/)).toBeTruthy()
  expect(screen.getByLabelText<HTMLInputElement>(/^Reason/).value).toBe('a leak')
})

it('is shown to a role that may not, disabled, with the role that may', async () => {
  await start({}, <Page effect="12 cards" />, { ...ADMIN, role: 'auditor' })
  const button = screen.getByRole<HTMLButtonElement>('button', { name: 'Revoke all' })
  expect(button.disabled).toBe(true)
  await waitFor(() => {
    expect(screen.getByText('Needs the role: admin or operator')).toBeTruthy()
  })
})
