import { fireEvent, screen, waitFor } from '@testing-library/react'
import { Input } from 'antd'
import { useState } from 'react'
import { Link } from 'react-router'
import { SubmitBar } from '../../src/ui/submit-bar'
import { fakeServices, inShell, show } from '../kit/fake-services'

const saved: string[] = []
const Form = () => {
  const [stored, setStored] = useState('a')
  const [value, setValue] = useState('a')
  return (
    <>
      <Link to="/other">Elsewhere</Link>
      <Input
        aria-label="Value"
        value={value}
        onChange={(event) => {
          setValue(event.target.value)
        }}
      />
      <SubmitBar
        dirty={value !== stored}
        saving={false}
        save={() => {
          saved.push(value)
          setStored(value)
        }}
        reset={() => {
          setValue(stored)
        }}
      />
    </>
  )
}
const start = () =>
  show(
    fakeServices().services,
    '/form',
    inShell([
      { path: '/form', element: <Form /> },
      { path: '/other', element: <p>Another page</p> },
    ]),
  )
const type = (value: string) => {
  fireEvent.change(screen.getByLabelText('Value'), { target: { value } })
}

it('shows only while the form differs, saves nothing by itself, and stays at the page', async () => {
  const { router } = start()
  expect(screen.queryByRole('button', { name: 'Save' })).toBeNull()
  type('b')
  expect(saved).toEqual([])
  fireEvent.click(await screen.findByRole('button', { name: 'Save' }))
  expect(saved).toEqual(['b'])
  await waitFor(() => {
    expect(screen.queryByRole('button', { name: 'Save' })).toBeNull()
  })
  expect(router.state.location.pathname).toBe('/form')
})

it('asks before the page is left, and keeps what was typed for who stays', async () => {
  const { router } = start()
  type('c')
  fireEvent.click(screen.getByText('Elsewhere'))
  fireEvent.click(await screen.findByRole('button', { name: 'Stay' }))
  expect(router.state.location.pathname).toBe('/form')
  expect(screen.getByLabelText<HTMLInputElement>('Value').value).toBe('c')
  fireEvent.click(screen.getByText('Elsewhere'))
  const leave = await screen.findAllByRole('button', { name: 'Leave' })
  fireEvent.click(leave.at(-1) as HTMLElement)
  expect(await screen.findByText('Another page')).toBeTruthy()
})

it('lets a page without changes be left', async () => {
  start()
  fireEvent.click(screen.getByText('Elsewhere'))
  expect(await screen.findByText('Another page')).toBeTruthy()
})
