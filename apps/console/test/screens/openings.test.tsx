import { fireEvent, screen, within } from '@testing-library/react'
import { ApiFailure } from '../../src/api/failure'
import { fakeServices, show } from '../kit/fake-services'
import { CHEN, OPENING, pageOf, PERSON } from './things'

const answers = {
  'GET openings': pageOf(OPENING),
  'GET apps': { items: [{ id: 'demo', platform: 'wechat', appid: 'wx1' }] },
}

it('says why an opening was not granted in a sentence', async () => {
  const { services } = fakeServices(answers)
  show(services, '/openings')
  const row = (await screen.findByText(/The proof did not open/)).closest('tr') as HTMLElement
  expect(within(row).getByText('Proof rejected')).toBeTruthy()
  expect(within(row).getByRole('link', { name: '季度奖金' }).getAttribute('href')).toBe(
    '/cards?open=card-1',
  )
})

it('leads from an opening to all of the same person and of the same card', async () => {
  const { services } = fakeServices(answers)
  show(services, `/openings?open=${OPENING.id}`)
  const person = await screen.findByRole('link', { name: 'All openings of this person' })
  expect(person.getAttribute('href')).toBe(`/openings?viewer=${CHEN.id}`)
  expect(screen.getByRole('link', { name: 'All openings of this card' })).toBeTruthy()
})

it('finds whose watermark a photograph shows, by code and minute', async () => {
  const { services, asked } = fakeServices({
    ...answers,
    'GET watermarks': { viewer: PERSON, openings: [{ ...OPENING, decision: 'granted' }] },
  })
  show(services, '/openings')
  fireEvent.click(await screen.findByText('Whose watermark is this'))
  // The first app is chosen once the apps are there.
  await screen.findByText('demo')
  fireEvent.change(await screen.findByLabelText('Code'), { target: { value: 'm2n4 p6' } })
  fireEvent.change(screen.getByLabelText('Time, if it can be read'), {
    target: { value: '2026-11-28 15:00' },
  })
  fireEvent.click(screen.getByRole('button', { name: 'Find' }))
  expect(await screen.findByText(/The code M2N4P6 belongs to/)).toBeTruthy()
  expect(asked.find(({ line }) => line === 'GET watermarks')?.query).toEqual({
    app: 'demo',
    code: 'm2n4 p6',
    at: '2026-11-28 15:00',
  })
})

it('says that nobody has the code', async () => {
  const issue = { path: 'code', message: 'is the code of nobody in this app' }
  const { services } = fakeServices({
    ...answers,
    'GET watermarks': new ApiFailure('ERR_INPUT', 400, 'req-1', [issue]),
  })
  show(services, '/openings?mark-app=demo&mark-code=AAAAAA')
  expect(await screen.findByText('Nobody in this app has this code.')).toBeTruthy()
})
