import { fakeWx as typedFakeWx, type FakeWx as TypedFakeWx } from '../../src/testing/fake-wx.js'
import type { WxResult } from '../../src/wx-callbacks.js'

/** Answers with fields that the platform's documents do not have. */
export type Answer =
  | { ok: object }
  | { fail: Partial<WxResult> }
  | { throws: unknown }
  | 'silence'
  | ((args: Record<string, unknown>) => Answer)

export interface FakeWx extends Omit<TypedFakeWx, 'answers' | 'calls'> {
  calls: { api: string; args: Record<string, unknown> }[]
  answers: Record<string, Answer>
}

/** The double that is published, for answers that no client should give. */
export const fakeWx = (kind?: 'wechat' | 'wecom') => typedFakeWx(kind) as unknown as FakeWx
