import { RequestLog } from '../../src/server/request-log.js'

const call = (operation: string) => ({
  at: 0,
  operation,
  method: 'GET',
  path: '/',
  query: {},
  status: 200,
  errcode: null,
  fault: null,
})

describe('the record of server calls', () => {
  it('should keep a rare call through a flood of another', () => {
    const log = new RequestLog()
    log.addCall(call('wecom.gettoken'))
    for (let n = 0; n < 2500; n++) log.addCall(call('wecom.jscode2session'))
    expect(log.listCalls('wecom.gettoken')).toHaveLength(1)
    expect(log.listCalls('wecom.jscode2session')).toHaveLength(1000)
    expect(log.listCalls().map((one) => one.n)).toEqual(
      log
        .listCalls()
        .map((one) => one.n)
        .sort((a, b) => a - b),
    )
  })
})
