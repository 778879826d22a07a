export { BASE, fakeBff, problem, type BffReply, type FakeBff } from './fake-bff.js'
export {
  fakeWx,
  type FakeWx,
  type WxAnswer,
  type WxAnswers,
  type WxApi,
  type WxCall,
  type WxResults,
} from './fake-wx.js'
export { memoryStorage } from './memory-storage.js'
