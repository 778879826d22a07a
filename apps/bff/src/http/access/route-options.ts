import type { FastifyRequest, RouteOptions as FastifyRoute } from 'fastify'

/** What the edge knows of a route before its guards run. */
export interface RouteOptions {
  /** Who it is for, where not for anyone. It is found out before the body is read. */
  readonly identity?: 'member' | 'server' | 'administrator'
  /** Where it waits when much is asked; see `LoadShedding`. */
  readonly bulkhead?: 'openings' | 'platform' | 'guesses'
  /** Its own work looks at the member's session, in the transaction that decides. The guard then need not look again. */
  readonly checksSession?: true
  /** How long its body may be, in bytes: JSON in UTF-8. `limits.bodyBytes` is the most. */
  readonly bodyBytes?: number
  /** See `RAW_BODY`. */
  readonly rawBody?: true
}

/** Room for a login, a note, a name, `{}`. */
const SHORT_BYTES = 4096

/** Where `@RouteConfig` of @nestjs/platform-fastify puts it. */
const KEY = '__fastify_route_config__'

/** On a route, or a controller: then for each of its routes. What is nearer to the route counts. */
export const Route =
  (options: RouteOptions): ClassDecorator & MethodDecorator =>
  (target: object, _name?: PropertyKey, method?: PropertyDescriptor) => {
    if (method) {
      add(method.value as object, options)
      return
    }
    const { prototype } = target as { prototype: object }
    for (const { value } of Object.values(Object.getOwnPropertyDescriptors(prototype)))
      if (typeof value === 'function' && value !== target) add(value as object, options)
  }

const add = (handler: object, options: RouteOptions): void => {
  const known = Reflect.getMetadata(KEY, handler) as RouteOptions | undefined
  Reflect.defineMetadata(KEY, { ...options, ...known }, handler)
}

export const optionsOf = ({ routeOptions }: FastifyRequest): RouteOptions =>
  (routeOptions.config as RouteOptions | undefined) ?? {}

/** For the hook `onRoute`: a body longer than the route can use is refused before it is read. @param most `limits.bodyBytes` */
export const limitBody = (route: FastifyRoute, most: number): void => {
  const { rawBody, identity, bodyBytes } = (route.config ?? {}) as RouteOptions
  // Raw bodies have a limit of their own; what administrators send, e.g. rules, may be long.
  if (rawBody) return
  route.bodyLimit = Math.min(most, bodyBytes ?? (identity === 'administrator' ? most : SHORT_BYTES))
}
