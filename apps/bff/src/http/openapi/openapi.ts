import type { INestApplication } from '@nestjs/common'
import { DocumentBuilder, type OpenAPIObject, SwaggerModule } from '@nestjs/swagger'
import { Problem } from '@sealcard/protocol'
import { z } from 'zod'

/** The document of the API, from the schemas that judge the requests. */
export function openApiDocument(app: INestApplication): OpenAPIObject {
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
export function serveDocs(app: INestApplication): void {
  SwaggerModule.setup('docs', app, () => openApiDocument(app), { jsonDocumentUrl: 'openapi.json' })
}
