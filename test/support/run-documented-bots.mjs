// Usage: node run-documented-bots.mjs FOLDER. Plays the code of the documentation, which lies in FOLDER: one address that is
// verified, one message that is answered, one forged request, for each framework. Prints the answers as JSON.
import { createServer } from 'node:http'
import { createRequire } from 'node:module'
import path from 'node:path'
import { pathToFileURL } from 'node:url'

const folder = process.argv[2]
const load = (file) => import(pathToFileURL(path.join(folder, file)))
// Of the folder: this file has none of these packages.
const ofFolder = createRequire(path.join(folder, 'bot.mjs'))
const { createCallbackKey, openCallback, sealReply } = ofFolder('@sealcard/crypto')

const token = 'TokenOfTheDocumentation'
const encodingAesKey = 'abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG'
const key = createCallbackKey({ token, encodingAesKey, receiveId: '' })
const timestamp = 1_800_000_000
const nonce = '0123456789abcdef'
const { createBot } = await load('bot.mjs')
const bot = createBot({ token, encodingAesKey, now: () => timestamp })

/** What WeCom sends has the form of a sealed reply. */
const sealed = (text) => {
  const { encrypt, msgsignature } = sealReply(key, text, { timestamp, nonce })
  return { encrypt, query: { msg_signature: msgsignature, timestamp: String(timestamp), nonce } }
}

const play = async (url) => {
  const ask = async (query, encrypt) => {
    const headers = { 'content-type': 'application/json' }
    const init = encrypt && { method: 'POST', headers, body: JSON.stringify({ encrypt }) }
    const answer = await fetch(`${url}/bot?${new URLSearchParams(query)}`, init)
    return { status: answer.status, text: await answer.text() }
  }
  const echo = sealed('echo-0123')
  const message = sealed(JSON.stringify({ msgid: 'm1', msgtype: 'text' }))
  const verified = await ask({ ...echo.query, echostr: echo.encrypt })
  const answer = await ask(message.query, message.encrypt)
  const reply = JSON.parse(answer.text)
  const query = {
    msgSignature: reply.msgsignature,
    timestamp: String(reply.timestamp),
    nonce: reply.nonce,
  }
  const { message: said } = openCallback(
    key,
    { ...query, encrypt: reply.encrypt },
    { now: timestamp },
  )
  const forged = { ...echo.query, msg_signature: '0'.repeat(40) }
  return {
    verified,
    status: answer.status,
    answered: JSON.parse(said),
    refused: [
      (await ask({ ...forged, echostr: echo.encrypt })).status,
      (await ask(forged, message.encrypt)).status,
    ],
  }
}

const listen = async (server) => {
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve))
  return `http://127.0.0.1:${server.address().port}`
}
const nest = async () => {
  ofFolder('reflect-metadata')
  const [{ Module }, { NestFactory }] = [ofFolder('@nestjs/common'), ofFolder('@nestjs/core')]
  const { BotController } = await load('bot.controller.mjs')
  class BotModule {}
  Module({ controllers: [BotController], providers: [{ provide: 'BOT', useValue: bot }] })(
    BotModule,
  )
  const { FastifyAdapter } = ofFolder('@nestjs/platform-fastify')
  const app = await NestFactory.create(BotModule, new FastifyAdapter(), { logger: false })
  await app.listen(0, '127.0.0.1')
  return app.getHttpServer()
}

const servers = {
  express: createServer((await load('express.mjs')).app(bot)),
  koa: createServer((await load('koa.mjs')).app(bot).callback()),
}
const told = {}
for (const [name, server] of Object.entries(servers)) told[name] = await play(await listen(server))
const fastify = (await load('fastify.mjs')).app(bot)
told.fastify = await play(await fastify.listen({ port: 0, host: '127.0.0.1' }))
const server = await nest()
told.nest = await play(`http://127.0.0.1:${server.address().port}`)
console.log(JSON.stringify(told))
process.exit(0)
