import { departure, languageSetting } from '@sealcard/client'
import { PlatformError } from '@sealcard/kit'
import type {
  AccessRequest,
  MyNotices,
  AccessRequestPage,
  Card,
  Me,
  PersonCopy,
  Share,
} from '@sealcard/protocol'
import { render } from '@testing-library/react'
import type { ReactNode } from 'react'
import type { BrowserStorage } from '../../src/adapters/browser-storage'
import { ServicesProvider, type Services } from '../../src/services'

export const NOW = Date.parse('2026-01-01T00:00:00Z')
const AT = '2026-01-01T00:00:00Z'

export const CARD: Card = {
  id: 'c1',
  title: 'Bonus',
  body: 'The words',
  policy: {},
  status: 'active',
  createdAt: AT,
}

export const SENDER = { id: 'v0', name: '林晓', nameFrom: 'platform' as const, code: '7K3Q9F' }

export const ME: Me = {
  id: 'V',
  app: 'demo',
  platform: 'wecom',
  name: '林晓',
  nameFrom: 'platform',
  code: '7K3Q9F',
}
const renamed = (name: string | null): Me => {
  const { name: _before, ...rest } = ME
  return { ...rest, nameFrom: 'self', ...(name === null ? {} : { name }) }
}

const NOTICES: MyNotices = { kinds: { opened: true }, templates: {} }

export const REQUEST: AccessRequest = {
  id: 'r1',
  viewer: { id: 'v9', code: '0BF3VV' },
  note: 'It is me',
  at: AT,
}

export const SHARE: Share = {
  id: 's1',
  path: '/pages/open/index?s=s1',
  h5Url: 'https://cards.example.com/h5/o?s=s1',
  title: 'Bonus',
  declare: { platform: 'wecom', state: 'STATE' },
  createdAt: AT,
  shareUntil: '2026-01-08T00:00:00Z',
  verifyUntil: '2026-05-01T00:00:00Z',
}

export const notSignedIn = () =>
  new PlatformError('login', 'oauth2', { errMsg: 'oauth2:fail not signed in' })

export const memory = (): BrowserStorage => {
  const map = new Map<string, string>()
  return {
    get: (key) => map.get(key) ?? null,
    set: (key, value) => void map.set(key, value),
    remove: (key) => void map.delete(key),
    keys: () => [...map.keys()],
  }
}

/** `GET /v1/me/export` */
export const COPY: PersonCopy = {
  format: 'sealcard.person.1',
  exportedAt: AT,
  tables: {
    cards: {
      columns: { title: { purpose: 'what the card is called', until: '24 hours' } },
      rows: [{ title: 'Bonus' }],
    },
    sessions: { columns: {}, rows: [] },
  },
}

const page = { items: [], nextCursor: null }

/** Services whose every call succeeds; a test replaces what it is about. */
export const fakeServices = (part: Partial<Services> = {}) => {
  const client = {
    ensureSession: jest.fn(async () => ({
      expiresAt: '2100-01-01T00:00:00Z',
      viewer: { id: 'V' },
    })),
    hasSession: jest.fn(() => true),
    renewSession: jest.fn(() => Promise.reject(notSignedIn())),
    getPolicy: jest.fn(async () => ({ mayMakeCards: true, watermark: false })),
    listCards: jest.fn(async () => page),
    getCard: jest.fn(async () => CARD),
    createCard: jest.fn(async () => CARD),
    updateCard: jest.fn(async () => CARD),
    revokeCard: jest.fn(async () => ({ ...CARD, status: 'revoked' as const })),
    deleteCard: jest.fn(async () => undefined),
    createShare: jest.fn(async () => SHARE),
    listOpenings: jest.fn(async () => page),
    listRefusals: jest.fn(async () => page),
    openShare: jest.fn(async () => ({
      id: 'o1',
      openedAt: AT,
      expiresAt: SHARE.verifyUntil,
      sender: SENDER,
      card: { ...CARD },
    })),
    getOpening: jest.fn(async () => ({ id: 'o1', openedAt: AT, status: 'active' as const })),
    acknowledge: jest.fn(async () => undefined),
    signOut: jest.fn(async () => undefined),
    sign: jest.fn(),
    exportMe: jest.fn(async () => COPY),
    eraseMe: jest.fn(async () => undefined),
    askForAccess: jest.fn(async () => undefined),
    listRequests: jest.fn(async (): Promise<AccessRequestPage> => page),
    dismissRequest: jest.fn(async () => undefined),
    subscribe: jest.fn(async () => undefined),
    getNotices: jest.fn(async (): Promise<MyNotices> => NOTICES),
    chooseNotices: jest.fn(async (kinds: MyNotices['kinds']) => ({ ...NOTICES, kinds })),
    getMe: jest.fn(async (): Promise<Me> => ME),
    rename: jest.fn(async (name: string | null): Promise<Me> => renamed(name)),
    peekShare: jest.fn(() => Promise.reject(new Error('unexpected'))),
    doctorState: jest.fn(async () => 'STATE'),
    giveSample: jest.fn(async () => undefined),
    proofs: {
      find: () => null,
      keep: () => undefined,
      forget: () => undefined,
      forgetAll: () => undefined,
      rejectedAfterLogin: () => undefined,
      loginMayHelp: () => false,
    },
  }
  const platform = {
    kind: 'wecom' as const,
    capabilities: { share: null, open: null },
    login: jest.fn(() => Promise.reject(notSignedIn())),
    checkSession: jest.fn(async () => true),
    declare: jest.fn(async () => undefined),
    undeclare: jest.fn(async () => undefined),
    ticket: jest.fn(async (): Promise<{ shareTicket: string } | null> => ({ shareTicket: 'T' })),
    prove: jest.fn(async () => ({ encryptedData: 'D', iv: 'I' })),
    entry: jest.fn(async (): Promise<string | null> => 'normal'),
    share: jest.fn(async () => 'sent' as const),
    sendToChat: jest.fn(async () => 'sent' as const),
    offerInMenu: jest.fn(async () => undefined),
    hideForwarding: jest.fn(async () => true),
    hideSend: jest.fn(async () => true),
    moved: jest.fn(async () => undefined),
  }
  const signIn = jest.fn()
  const returns = new Set<() => void>()
  const storage = memory()
  const services: Services = {
    place: 'wecom',
    languages: languageSetting(storage, () => 'en'),
    departure: departure(storage),
    taking: { copy: jest.fn(async () => undefined), save: jest.fn() },
    platform: platform,
    client: client,
    storage,
    pageFacts: () => ({ sdk: '2.4.4', blocked: [] }),
    now: () => NOW,
    newKey: () => 'key',
    signIn,
    onReturn: (back) => {
      returns.add(back)
      return () => returns.delete(back)
    },
    ...part,
  }
  return {
    services,
    client,
    platform,
    signIn,
    /** The page comes out of the browser's memory. */
    comeBack: () => {
      for (const back of returns) back()
    },
  }
}

export const show = (services: Services, view: ReactNode) =>
  render(<ServicesProvider value={services}>{view}</ServicesProvider>)
