import 'reflect-metadata'
import { type INestApplicationContext, RequestMethod } from '@nestjs/common'
import { ModulesContainer, Reflector } from '@nestjs/core'
import { AdminRoute } from '../../src/http/access/decorators.js'
import { type AccessRule, Rule } from '../../src/http/access/decorators.js'
import type { Routed, TestApp } from './test-app.js'

export interface Route extends Routed {
  readonly rule: AccessRule | undefined
  /** Whether an automation token may call it, if its role may. */
  readonly tokens: boolean
  /** Whether one that an administrator made may, or only SEALCARD_ADMIN_TOKEN. */
  readonly automation: boolean
  /** Whether an account without a second factor may. */
  readonly enrolling: boolean
  /** `Controller.method` */
  readonly handler: string
}

/** The pages of the API's document, which no controller serves. They need no login. */
export const PUBLIC_PAGES = [
  '/docs',
  '/docs/',
  '/docs/index.html',
  '/docs/*',
  '/docs/swagger-ui-init.js',
  '/docs/docs/swagger-ui-init.js',
  '/docs/LICENSE',
  '/docs-yaml',
  '/openapi.json',
]

const paths = (target: object): string[] =>
  [Reflect.getMetadata('path', target) ?? '/'].flat() as string[]

const join = (...parts: string[]): string =>
  `/${parts
    .flatMap((part) => part.split('/'))
    .filter(Boolean)
    .join('/')}`

/** Every route of every controller in the container, with the rule that the guard would find. */
export const controllerRoutes = (nest: INestApplicationContext): Route[] => {
  const reflector = new Reflector()
  const modules = [...nest.get(ModulesContainer).values()]
  const controllers = new Set(modules.flatMap((one) => [...one.controllers.values()]))
  return [...controllers].flatMap(({ metatype }) => {
    if (typeof metatype !== 'function') return []
    const prototype = metatype.prototype as Record<string, unknown>
    return Object.getOwnPropertyNames(prototype).flatMap((name) => {
      const handler = prototype[name]
      if (typeof handler !== 'function') return []
      const number: RequestMethod | undefined = Reflect.getMetadata('method', handler)
      if (number === undefined) return []
      const places = [handler, metatype] as Parameters<Reflector['getAllAndOverride']>[1]
      const {
        tokens = true,
        automation = true,
        enrolling = false,
      } = reflector.getAllAndOverride(AdminRoute, places) ?? {}
      const rule = reflector.getAllAndOverride(Rule, places)
      return paths(metatype).flatMap((outer) =>
        paths(handler).map((inner) => ({
          method: RequestMethod[number] ?? '',
          url: join(outer, inner),
          rule,
          tokens,
          automation,
          enrolling,
          handler: `${metatype.name}.${name}`,
        })),
      )
    })
  })
}

/** A HEAD route is its GET's: Fastify makes it of the same handler, guard and all. */
const same = (route: Routed, routed: Routed): boolean =>
  route.url === routed.url &&
  (route.method === routed.method || (routed.method === 'HEAD' && route.method === 'GET'))

/** What the router serves and no controller stands for, but for the public pages. */
export const strayRoutes = ({ routed, nest }: TestApp): Routed[] => {
  const known = controllerRoutes(nest)
  return routed.filter(
    (one) => !PUBLIC_PAGES.includes(one.url) && !known.some((route) => same(route, one)),
  )
}

/** What the router serves, as its controllers rule it. */
export const servedRoutes = ({ routed, nest }: TestApp): Route[] => {
  const known = controllerRoutes(nest)
  return routed.flatMap((one) => {
    const route = known.find((candidate) => same(candidate, one))
    return route ? [{ ...route, method: one.method }] : []
  })
}
