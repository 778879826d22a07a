import { createHash } from 'node:crypto'
import http from 'node:http'

/** Of everybody who logs in at `startWecom`. */
export const sessionKey = createHash('sha256').update('bench').digest().subarray(0, 16)

/** As much of WeCom as logging in needs: whoever sends `name` as a code is called so. */
export const startWecom = async () => {
  const server = http.createServer((request, response) => {
    const { pathname, searchParams } = new URL(request.url, 'http://platform')
    const userid = searchParams.get('js_code')
    const answer = pathname.endsWith('/gettoken')
      ? { access_token: 'bench', expires_in: 7200 }
      : { userid, corpid: 'ww0000000000000001', session_key: sessionKey.toString('base64') }
    response.setHeader('content-type', 'application/json')
    response.end(JSON.stringify({ errcode: 0, errmsg: 'ok', ...answer }))
  })
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve))
  const close = () => {
    server.close()
    server.closeAllConnections()
  }
  return { apiBase: `http://127.0.0.1:${server.address().port}`, close }
}
