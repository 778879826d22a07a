import { BffError } from '@sealcard/kit'
import { fireEvent, screen } from '@testing-library/react'
import { App } from '../../src/app'
import { fakeServices, show } from '../kit/fake-services'

const at = (path: string) => new URL(`https://cards.example.com${path}`) as unknown as Location
const refused = (path = '/h5/o?s=s1') => {
  const made = fakeServices()
  made.client.openShare.mockRejectedValue(new BffError('ERR_PROOF_REJECTED', 403, null, [], null))
  show(made.services, <App location={at(path)} />)
  return made
}
const ASK = 'Ask the sender to share again'
const ask = async () => {
  fireEvent.click(await screen.findByRole('button', { name: ASK }))
}

describe('a person who was refused', () => {
  it('asks the sender with one press, and learns nothing from the answer', async () => {
    const { client } = refused()
    await ask()
    await screen.findByText(/If this card exists, its sender will see that you asked/)
    expect(client.askForAccess).toHaveBeenCalledWith('s1', '')
    expect(screen.queryByRole('button', { name: ASK })).toBeNull()
  })

  it('may say who they are, in 100 characters', async () => {
    const { client } = refused()
    const note = await screen.findByLabelText('Note (optional)')
    fireEvent.change(note, { target: { value: '字'.repeat(101) } })
    await ask()
    await screen.findByText('A note has at most 100 characters.')
    expect(client.askForAccess).not.toHaveBeenCalled()
    fireEvent.change(note, { target: { value: ' 我是陈默 ' } })
    await ask()
    await screen.findByText(/If this card exists/)
    expect(client.askForAccess).toHaveBeenCalledWith('s1', '我是陈默')
  })

  it('reads in words that today’s three are used', async () => {
    const { client } = refused()
    client.askForAccess.mockRejectedValue(new BffError('ERR_RATE_LIMITED', 429, null, [], 40_000))
    await ask()
    await screen.findByText(/You can ask 3 times a day/)
  })

  it('asks nothing of a page without a share', async () => {
    refused('/h5/o')
    await screen.findByRole('heading', { name: 'This card cannot be opened here' })
    expect(screen.queryByRole('button', { name: ASK })).toBeNull()
  })

  it('who had left is signed in by opening a card', () => {
    const made = fakeServices()
    made.services.departure.write('out')
    show(made.services, <App location={at('/h5/o?s=s1')} />)
    expect(made.services.departure.read()).toBeNull()
  })
})
