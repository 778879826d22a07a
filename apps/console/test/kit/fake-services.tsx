import { type Language, languageSetting } from '@sealcard/client'
import type { AdminSession } from '@sealcard/protocol'
import { render } from '@testing-library/react'
import { App as AntApp } from 'antd'
import { createMemoryRouter, Outlet, type RouteObject } from 'react-router'
import type { KeyValue } from '../../src/adapters/browser-storage'
import type { Api, Query } from '../../src/api/api'
import { ApiFailure, type FailureCode } from '../../src/api/failure'
import { App } from '../../src/app'
import { createQueries } from '../../src/make-services'
import { ROUTES } from '../../src/routes'
import type { Services } from '../../src/services'
import { createSessions } from '../../src/session/session'
import { Themed } from '../../src/frame/theme'
import { createStore } from '../../src/store'

export const NOW = Date.parse('2026-11-28T08:00:00Z')

export const ADMIN: AdminSession = {
  kind: 'account',
  name: 'lin',
  role: 'admin',
  expiresAt: '2026-11-28T20:00:00Z',
  csrf: 'csrf-1',
  enrolled: true,
}

export const failure = (code: FailureCode, status = 400): ApiFailure =>
  new ApiFailure(code, status, 'req-1')

const memory = (): KeyValue => {
  const map = new Map<string, string>()
  return {
    get: (key) => map.get(key) ?? null,
    set: (key, value) => void map.set(key, value),
    remove: (key) => void map.delete(key),
  }
}

/** An answer, or what makes one of the call. A failure is thrown. */
type Answer = unknown
interface Asked {
  line: string
  query: Query
  body: unknown
}

/** Services over a table of answers: `GET cards` → its page. What the table lacks is not found. */
export const fakeServices = (
  answers: Record<string, Answer> = {},
  { session = ADMIN, language = 'en' }: { session?: AdminSession; language?: Language } = {},
) => {
  const asked: Asked[] = []
  const copied: string[] = []
  const repeated = new Set<() => void>()
  const waiting = new Map<() => void, number>()
  const table: Record<string, Answer> = {
    'GET session': session,
    'GET apps': { items: [] },
    ...answers,
  }
  const answer = async (method: string, path: string, query: Query, body: unknown) => {
    const line = `${method} ${path}`
    asked.push({ line, query, body })
    const found = line in table ? table[line] : failure('ERR_NOT_FOUND', 404)
    const given: unknown = typeof found === 'function' ? await found({ query, body }) : found
    if (!(given instanceof ApiFailure)) return given
    if (given.code === 'ERR_SESSION') sessions.lose()
    if (given.code === 'ERR_BFF_UNREACHABLE') outage.set(true)
    throw given
  }
  const api: Api = {
    get: <T,>(path: string, query: Query = {}) =>
      answer('GET', path, query, undefined) as Promise<T>,
    send: <T,>(method: string, path: string, body?: unknown) =>
      answer(method, path, {}, body) as Promise<T>,
    work: <T,>(path: string, body: unknown) => answer('POST', path, {}, body) as Promise<T>,
    address: (path, query = {}) =>
      `/v1/admin/${path}?${new URLSearchParams(
        Object.entries(query).flatMap(([k, v]) => (v === undefined ? [] : [[k, String(v)]])),
      ).toString()}`,
    isReady: async () => (await answer('GET', '/readyz', {}, undefined).catch(() => null)) !== null,
  }
  const queries = createQueries()
  const sessions = createSessions(
    () => api,
    () => {
      queries.clear()
    },
  )
  const outage = createStore(false)
  const services: Services = {
    api,
    sessions,
    outage,
    queries,
    languages: languageSetting(memory(), () => language),
    storage: memory(),
    systemDark: { isSet: () => false, subscribe: () => () => undefined },
    lessMotion: { isSet: () => true, subscribe: () => () => undefined },
    now: () => NOW,
    every: (_ms, run) => {
      repeated.add(run)
      return () => repeated.delete(run)
    },
    later: (ms, run) => {
      waiting.set(run, ms)
      return () => waiting.delete(run)
    },
    copy: async (text) => void copied.push(text),
    nonce: 'N',
  }
  return {
    services,
    /** Change it, and the next call gets the new answer. */
    table,
    asked,
    copied,
    /** What runs again and again runs once. */
    tick: () => {
      for (const run of [...repeated]) run()
    },
    /** So many milliseconds pass for what is to run later. */
    pass: (passed: number) => {
      for (const [run, ms] of [...waiting]) {
        waiting.delete(run)
        if (ms <= passed) run()
        else waiting.set(run, ms - passed)
      }
    },
  }
}

const Bare = () => (
  <Themed>
    <AntApp>
      <Outlet />
    </AntApp>
  </Themed>
)

/** Pages without menu, header and log-in, for a shared piece alone: call `services.sessions.ask()` first. */
export const inShell = (children: RouteObject[]): RouteObject[] => [{ element: <Bare />, children }]

/** Shows the console at an address. @param routes others than its own, for a shared piece alone */
export const show = (services: Services, at = '/overview', routes: RouteObject[] = ROUTES) => {
  const router = createMemoryRouter(routes, { initialEntries: [at] })
  return { router, ...render(<App services={services} router={router} />) }
}
