import { toCall } from './request'

const url = 'https://a.example/v1/x'

test.each([
  [
    'GET puts data into the query',
    { url, data: { a: 1, b: 'x y' } },
    { url: `${url}?a=1&b=x%20y` },
  ],
  ['an existing query stays', { url: `${url}?c=1`, data: { a: 1 } }, { url: `${url}?c=1&a=1` }],
  [
    'POST sends JSON',
    { url, method: 'post', data: { a: 1 } },
    { method: 'POST', body: '{"a":1}', header: { 'content-type': 'application/json' } },
  ],
  ['a string is sent as it is', { url, method: 'POST', data: 'raw' }, { body: 'raw' }],
  [
    'a form is encoded',
    {
      url,
      method: 'POST',
      data: { a: '1 2' },
      header: { 'Content-Type': 'application/x-www-form-urlencoded' },
    },
    { body: 'a=1%202' },
  ],
  ['no data, no body', { url, method: 'DELETE' }, { method: 'DELETE', body: undefined }],
])('%s', (_name, options, expected) => {
  const call = toCall(options)
  expect({ body: undefined, ...call }).toMatchObject(expected)
})
