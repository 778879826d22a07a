/** JSON over HTTP for the control client. */
export interface HttpAnswer {
  status: number
  body: unknown
}

export const httpJson = async (
  baseUrl: string,
  method: string,
  path: string,
  body?: unknown,
): Promise<HttpAnswer> => {
  const answer = await fetch(baseUrl + path, {
    method,
    ...(body === undefined
      ? {}
      : { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
  })
  const text = await answer.text()
  return { status: answer.status, body: text === '' ? null : (JSON.parse(text) as unknown) }
}
