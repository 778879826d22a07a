// What the framework itself does on this machine: reads the same body, decrypts the same proof. It stores nothing, or
// with STORE (`sqlite:` and a file, `postgres://…`) one row for each request, durable before the answer.
import { createDecipheriv, randomUUID } from 'node:crypto'
import Fastify from 'fastify'
import { sessionKey } from './wecom.mjs'

const SCHEMA = 'CREATE TABLE opened (id text PRIMARY KEY, at bigint NOT NULL, body text NOT NULL)'

const storeIn = async (url) => {
  if (url.startsWith('sqlite:')) {
    const { default: sqlite3 } = await import('sqlite3')
    const db = new sqlite3.Database(url.slice('sqlite:'.length))
    await new Promise((resolve, reject) =>
      db.exec(`PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; ${SCHEMA}`, (error) =>
        error ? reject(error) : resolve(),
      ),
    )
    const insert = db.prepare('INSERT INTO opened VALUES (?, ?, ?)')
    return (row) =>
      new Promise((resolve, reject) =>
        insert.run(row, (error) => (error ? reject(error) : resolve())),
      )
  }
  const { default: pg } = await import('pg')
  const pool = new pg.Pool({ connectionString: url, max: 10 })
  await pool.query(SCHEMA)
  const text = 'INSERT INTO opened VALUES ($1, $2, $3)'
  return (values) => pool.query({ name: 'insert', text, values })
}

const store = process.env.STORE ? await storeIn(process.env.STORE) : undefined
const text = { type: 'string', maxLength: 8192 }
const body = {
  type: 'object',
  required: ['encryptedData', 'iv'],
  additionalProperties: false,
  properties: { encryptedData: text, iv: text },
}
const app = Fastify()
app.post('/v1/shares/:id/openings', { schema: { body } }, async (request, reply) => {
  const iv = Buffer.from(request.body.iv, 'base64')
  const decipher = createDecipheriv('aes-128-cbc', sessionKey, iv)
  const data = Buffer.from(request.body.encryptedData, 'base64')
  const info = JSON.parse(Buffer.concat([decipher.update(data), decipher.final()]).toString())
  await store?.([randomUUID(), Date.now(), request.body.encryptedData])
  reply.code(201)
  return { id: request.params.id, card: { title: 'Bench', body: info.state } }
})
app.get('/healthz', () => ({ status: 'alive' }))
process.once('SIGTERM', () => process.exit(0))
const address = await app.listen({ host: '127.0.0.1', port: Number(process.env.PORT) })
console.log(`ready on ${address}`)
