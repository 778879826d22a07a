import { isOfPhones, kindsOf } from './fault-kinds.js'

const idsOf = (operation: string) => kindsOf(operation).map(({ id }) => id)

it('says busy for a navigation, as a client that still slides a page in, and an error for the rest', () => {
  expect(kindsOf('wx.redirectTo')[0]?.effect).toMatchObject({ errMsg: 'redirectTo:fail busy' })
  expect(kindsOf('wx.qy.login')[0]?.effect).toMatchObject({ errMsg: 'qy__login:fail system error' })
})

it('loses an answer only where there is a server that did the work', () => {
  expect(idsOf('phone.request')).toEqual(['fail', 'late', 'lost', 'silent'])
  expect(idsOf('wechat.jscode2session')).toEqual(['fail', 'late', 'lost', 'silent'])
  expect(idsOf('wx.login')).toEqual(['fail', 'late', 'silent'])
})

it('is of one phone only where a phone calls', () => {
  const of = ['wx.login', 'bridge.getShareInfo', 'phone.request', 'wecom.gettoken'].map(isOfPhones)
  expect(of).toEqual([true, true, true, false])
})
