import { applyDecorators, HttpCode, type INestApplication } from '@nestjs/common'
import { ApiResponse, DocumentBuilder, type OpenAPIObject, SwaggerModule } from '@nestjs/swagger'
import { type ErrorCode, ERRORS, Problem } from '@sealcard/protocol'
import { z } from 'zod'

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
    .addBearerAuth()
    .addCookieAuth('__Host-sealcard')
    .build()
  const document = SwaggerModule.createDocument(app, config)
  const { $schema: _, ...problem } = z.toJSONSchema(Problem, { target: 'openapi-3.0' })
  document.components = {
    ...document.components,
    schemas: { ...document.components?.schemas, Problem: problem as object },
  }
  return document
}

/** `GET /openapi.json`, and `GET /docs` to read it. */
export const serveDocs = (app: INestApplication): void => {
  SwaggerModule.setup('docs', app, () => openApiDocument(app), { jsonDocumentUrl: 'openapi.json' })
}
