import { freshSimulator, type Bench } from '../../kit/fresh-simulator.js'

const GET = '/qyapi.weixin.qq.com/cgi-bin/user/get'

let bench: Bench
beforeEach(async () => {
  bench = await freshSimulator()
})
afterEach(() => bench.close())

const call = async (query: Record<string, string> = { userid: 'ChenMo' }) =>
  bench.get(GET, { access_token: await bench.wecomToken(), ...query })

describe('GET /cgi-bin/user/get', () => {
  it('should answer the name and the department, and nothing that was withheld in 2022', async () => {
    const answer = await call()
    expect(answer).toMatchObject({
      errcode: 0,
      userid: 'ChenMo',
      name: '陈默 Chen Mo',
      department: [1],
    })
    for (const gone of ['mobile', 'email', 'biz_mail', 'avatar', 'gender', 'qr_code', 'address'])
      expect(answer).not.toHaveProperty(gone)
  })

  it('should compare userids without their case, and answer the member’s own spelling', async () => {
    expect(await call({ userid: 'CHENMO' })).toMatchObject({ errcode: 0, userid: 'ChenMo' })
  })

  it('should error when the userid is missing, unknown, or outside the visible range', async () => {
    expect(await call({})).toMatchObject({ errcode: 41009 })
    expect(await call({ userid: 'Nobody' })).toMatchObject({ errcode: 60111 })
    await bench.client.setVisible('chen', false)
    expect(await call()).toMatchObject({ errcode: 60011 })
  })

  it('should error when the token is missing', async () => {
    expect(await bench.get(GET, { userid: 'ChenMo' })).toMatchObject({ errcode: 41001 })
  })

  it('should leave the name out where the setting withholds it', async () => {
    await bench.client.setSettings({ wecom: { userGetName: 'withheld' } })
    expect(await call()).not.toHaveProperty('name')
  })
})
