import { fetchRequest } from '../../src/adapters/fetch-request'

const answer = (status: number, text: string, headers: Record<string, string> = {}) =>
  ({
    status,
    headers: { entries: () => Object.entries(headers) },
    text: () => Promise.resolve(text),
  }) as unknown as Response

const call = {
  url: '/v1/cards',
  method: 'POST',
  headers: { 'X-Sealcard': '1' },
  body: '{}',
} as const

describe('fetchRequest', () => {
  it('asks its own origin with its cookie, and follows nobody elsewhere', async () => {
    const send = jest.fn(async () => answer(200, '{"a":1}', { 'retry-after': '3' }))
    expect(await fetchRequest(send)(call)).toEqual({
      status: 200,
      headers: { 'retry-after': '3' },
      body: { a: 1 },
    })
    expect(send).toHaveBeenCalledWith(
      '/v1/cards',
      expect.objectContaining({
        credentials: 'same-origin',
        redirect: 'error',
        cache: 'no-store',
        method: 'POST',
        body: '{}',
      }),
    )
  })

  it('answers with the text where it is no JSON, and with nothing where there is none', async () => {
    const send = jest.fn()
    send.mockResolvedValueOnce(answer(502, '<html>')).mockResolvedValueOnce(answer(204, ''))
    expect((await fetchRequest(send)(call)).body).toBe('<html>')
    expect((await fetchRequest(send)(call)).body).toBe('')
  })

  it('ends a request that gets no answer', async () => {
    const send = (_: unknown, init?: RequestInit) =>
      new Promise<Response>((_resolve, reject) => {
        init?.signal?.addEventListener('abort', () => {
          reject(new Error('aborted'))
        })
      })
    await expect(fetchRequest(send as typeof fetch, 1)(call)).rejects.toThrow('aborted')
  })
})
