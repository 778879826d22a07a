import { applyDecorators, HttpCode, type INestApplication } from '@nestjs/common'
import { ApiResponse, DocumentBuilder, type OpenAPIObject, SwaggerModule } from '@nestjs/swagger'
import { type ErrorCode, ERRORS, Problem } from '@sealcard/protocol'
import { z } from 'zod'
import { withNamedSchemas } from './named-schemas.js'
import { OPERATION_WORDS } from './operation-words.js'

/** The status of a good answer, and its form; without a schema it is empty. */
export const Answers = (status: 200 | 201 | 202 | 204, standardSchema?: z.ZodType) =>
  applyDecorators(
    HttpCode(status),
    ApiResponse({
      status,
      description: DESCRIPTIONS[status],
      ...(standardSchema && { standardSchema }),
    }),
  )

/** Another status that a route may answer well with; it sets that itself. */
export const AnswersToo = (status: 200, standardSchema: z.ZodType, description: string) =>
  ApiResponse({ status, description, standardSchema })

const DESCRIPTIONS = {
  200: 'OK',
  201: 'Created',
  202: 'Accepted',
  204: 'Done; no content',
} as const

/** What every route may answer, because something around it does. */
const EVERYWHERE = ['ERR_INTERNAL', 'ERR_STORAGE_UNAVAILABLE'] as const

const PROBLEM = { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } }

/** The errors of a route, by status: several codes may share one. */
export const Problems = (...codes: readonly ErrorCode[]) =>
  UnthrottledProblems('ERR_RATE_LIMITED', ...codes)

/** The errors of a route that no limit holds up, see `isServedAtOnce`. */
export const UnthrottledProblems = (...codes: readonly ErrorCode[]) => {
  const byStatus = new Map<number, ErrorCode[]>()
  for (const code of new Set<ErrorCode>([...codes, ...EVERYWHERE])) {
    const { status } = ERRORS[code]
    byStatus.set(status, [...(byStatus.get(status) ?? []), code])
  }
  return applyDecorators(
    ...[...byStatus].map(([status, all]) =>
      ApiResponse({ status, description: all.join(', '), content: PROBLEM }),
    ),
  )
}

/** The errors of a route that takes a body. */
export const BODY_ERRORS = ['ERR_INPUT', 'ERR_TOO_LARGE', 'ERR_MEDIA_TYPE'] as const

/** The document of the API, from the schemas that judge the requests. */
export const openApiDocument = (app: INestApplication): OpenAPIObject => {
  const config = new DocumentBuilder()
    .setTitle('Sealcard BFF')
    .setDescription('Private share cards for WeChat and WeCom, verified on the server')
    .setVersion('1')
    .setLicense('Apache-2.0', 'https://www.apache.org/licenses/LICENSE-2.0')
    .addServer('/', 'Where the document is')
    .addSecurity('bearer', {
      type: 'http',
      scheme: 'bearer',
      description:
        'Of a member’s session, or an automation token: of administrators, or of your server',
    })
    .addCookieAuth('__Host-sealcard', undefined, 'cookie')
    .addCookieAuth('__Host-sealcard_h5', undefined, 'page')
    .build()
  const document = SwaggerModule.createDocument(app, config)
  const { $schema: _, ...problem } = z.toJSONSchema(Problem, { target: 'openapi-3.0' })
  const { paths, schemas } = withNamedSchemas(document.paths)
  for (const [path, item] of Object.entries(paths))
    for (const method of METHODS) {
      const operation = item[method]
      if (operation) describe(operation, method.toUpperCase(), path)
    }
  document.paths = paths
  document.components = {
    ...document.components,
    schemas: { ...document.components?.schemas, ...schemas, Problem: problem as object },
  }
  return document
}

const METHODS = ['get', 'post', 'put', 'patch', 'delete'] as const

type Operation = NonNullable<OpenAPIObject['paths'][string]['get']>

const header = (name: string, description: string) => ({
  name,
  in: 'header',
  required: false,
  description,
  schema: { type: 'string' },
})

/** Adds words, and every way to call it: a login of the console needs its CSRF token, a web page its own header. */
const describe = (operation: Operation, method: string, path: string): void => {
  const [summary, description] = OPERATION_WORDS[`${method} ${path}`] ?? []
  if (summary !== undefined && description !== undefined)
    Object.assign(operation, { summary, description })
  const { security, parameters = [] } = operation
  if (!security) {
    operation.security = []
    return
  }
  if (path.startsWith('/v1/server/')) {
    operation.security = [{ bearer: [] }]
    return
  }
  const forAdministrators = path.startsWith('/v1/admin/')
  operation.security = [{ bearer: [] }, forAdministrators ? { cookie: [] } : { page: [] }]
  const known = parameters.filter((one) => !('name' in one && one.name === 'X-CSRF-Token'))
  const csrf = header('X-CSRF-Token', 'Needed with the cookie: `csrf` of the login')
  const page = [
    header('X-Sealcard', 'Needed with the cookie: `1`'),
    header('Origin', 'Needed with the cookie, unless it is a GET: the page’s origin'),
  ]
  const more = forAdministrators ? (method === 'GET' ? [] : [csrf]) : page
  operation.parameters = [...known, ...(more as typeof known)]
}

/** `GET /openapi.json`, and `GET /docs` to read it. */
export const serveDocs = (app: INestApplication): void => {
  SwaggerModule.setup('docs', app, () => openApiDocument(app), { jsonDocumentUrl: 'openapi.json' })
}
