import type { FakePlatform } from '@sealcard/testing'
import type { AppConfig } from '../../src/core/config/config.js'
import type { Platform } from '../../src/platforms/registry/platform.js'

/** What the suite that every platform must pass needs to know of one. */
export interface PlatformFixture {
  readonly platform: Platform
  /** An app registered at `apiBase`. */
  readonly app: (apiBase: string) => AppConfig
  /** Its own keys in the config file, each with a value that is refused. */
  readonly ownKeys: readonly (readonly [key: string, wrong: unknown])[]
  /** The path of the platform's login, and its answer for a person. */
  readonly loginPath: string
  readonly login: (viewerKey: string, sessionKey: string) => object
  /** The path of the access tokens, which answers like every platform's. */
  readonly tokenPath: string
  /** Absent: a declaration makes no call. */
  readonly declaration?: { readonly path: string; readonly answer: (value: string) => object }
  /** A value of the form that the platform declares. */
  readonly declared: string
  /** Errcodes that refuse the person's code. */
  readonly refusesCode: readonly number[]
  /** Errcodes of our own registration. */
  readonly refusesUs: readonly number[]
  /** The errcode for an address outside the allow-list. */
  readonly notAllowed: number
  /** What the platform seals under the session key of the person who opened the card. */
  readonly plaintext: (declared: string, receiver: string) => string
}

/** All is well, and `viewerKey` logs in. */
export const serve = (fake: FakePlatform, fixture: PlatformFixture): FakePlatform => {
  fake.on(fixture.tokenPath, { access_token: 'T0KEN-of-the-app', expires_in: 7200 })
  const { declaration, declared } = fixture
  if (declaration) fake.on(declaration.path, declaration.answer(declared))
  return fake
}
