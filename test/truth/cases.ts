import type { Client } from '@sealcard/simulator'

export type ChatKind = 'single' | 'group'
export type Reader =
  'sharer' | 'recipient' | 'member' | 'leaver' | 'joiner' | 'stranger' | 'customer'
export type ClientAge = 'new' | 'old' | 'oldest'

export const READERS: Record<Client, Record<ChatKind, readonly Reader[]>> = {
  wechat: {
    single: ['sharer', 'recipient', 'stranger'],
    group: ['sharer', 'member', 'joiner', 'leaver', 'stranger'],
  },
  wecom: {
    single: ['sharer', 'recipient', 'stranger', 'customer'],
    group: ['sharer', 'member', 'joiner', 'leaver', 'stranger', 'customer'],
  },
}

interface Versions {
  /** Of the client. */
  version: string
  /** Of the base library. */
  sdkVersion: string
}

/**
 * W23: `authPrivateMessage` came with base library 2.13.0, `chatType` with 2.18.0, another scene with 3.0.1.
 * Q1: `getShareInfo` came with WeCom 3.1.8.
 */
export const CLIENTS: Record<Client, Partial<Record<ClientAge, Versions>>> = {
  wechat: {
    new: { version: '8.0.50', sdkVersion: '3.7.8' },
    old: { version: '7.0.20', sdkVersion: '2.16.0' },
    oldest: { version: '7.0.18', sdkVersion: '2.12.3' },
  },
  wecom: {
    new: { version: '4.1.36', sdkVersion: '3.7.8' },
    old: { version: '3.1.6', sdkVersion: '2.16.0' },
  },
}

/** Whether a client has the call that proves a recipient. */
export const canProve = (client: Client, age: ClientAge): boolean =>
  age !== (client === 'wechat' ? 'oldest' : 'old')

/** W1, Q1: whom the platforms call a recipient, at the moment of opening. */
export const RECIPIENTS: readonly Reader[] = ['recipient', 'member', 'joiner']

/** The platforms leave open what happens; a switch of the simulator plays another answer. */
export interface Alternative {
  client: Client
  setting: string
  value: string | number
  rows: readonly (readonly [ChatKind, Reader])[]
}

const OUTSIDERS = [
  ['single', 'stranger'],
  ['group', 'leaver'],
  ['group', 'stranger'],
] as const

export const ALTERNATIVES: readonly Alternative[] = [
  ...(['wechat', 'wecom'] as const).flatMap((client): Alternative[] => [
    {
      client,
      setting: 'sharerOwnCardInSingle',
      value: 'valid',
      rows: [['single', 'sharer']],
    },
    {
      client,
      setting: 'sharerOwnCardInGroup',
      value: 'invalid',
      rows: [['group', 'sharer']],
    },
  ]),
  { client: 'wechat', setting: 'nonRecipient', value: 'valid-false-with-noise', rows: OUTSIDERS },
  { client: 'wechat', setting: 'nonRecipient', value: 'fail', rows: OUTSIDERS },
  {
    client: 'wechat',
    setting: 'privateSingleScene',
    value: 1044,
    rows: [['single', 'recipient']],
  },
  { client: 'wecom', setting: 'nonRecipientErrCode', value: 60233, rows: OUTSIDERS },
]
