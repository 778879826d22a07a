import { existsSync, statfsSync, statSync } from 'node:fs'
import path from 'node:path'
import { parseArgs } from 'node:util'
import type { KeyringConfig } from '../../src/core/config/config.js'
import { readDatabaseUrl } from '../../src/core/config/database-url.js'
import { readKeyring } from '../../src/core/config/keyring-text.js'
import { Vault } from '../../src/core/crypto/vault.js'
import { seed } from './seed.js'
import type { Shape } from './shape.js'

/** What a card, an opening and their audit take in a SQLite file with all indexes, bytes; measured. */
const CARD_BYTES = 4_000
const OPENING_BYTES = 1_500

const USAGE = `usage: node apps/bff/bench/seed.mjs --database <sqlite:./file | postgres://…> [options]
  --cards <n>      1000000
  --openings <n>   10000000
  --people <n>     a tenth of the cards
  --days <n>       179, up to now
  --seed <text>    the same text makes the same database
  --cache <MiB>    2048; SQLite's page cache while seeding
SEALCARD_KEYRING seals what is sealed; the service that runs on the database needs the same.
The apps are acme-wechat, acme-wecom, beta-wechat and beta-wecom.
`

const options = {
  database: { type: 'string' },
  cards: { type: 'string', default: '1000000' },
  openings: { type: 'string', default: '10000000' },
  people: { type: 'string' },
  days: { type: 'string', default: '179' },
  seed: { type: 'string', default: 'sealcard' },
  cache: { type: 'string', default: '2048' },
} as const

const { values } = parseArgs({ args: process.argv.slice(3), options })
const database = readDatabaseUrl(values.database ?? '')
const keyring = readKeyring(process.env['SEALCARD_KEYRING'] ?? '', false)

const fail = (text: string): void => {
  process.stderr.write(text)
  process.exitCode = 2
}

const main = async (
  database: Exclude<ReturnType<typeof readDatabaseUrl>, string>,
  keyring: KeyringConfig,
): Promise<void> => {
  const shape: Shape = {
    cards: Number(values.cards),
    openings: Number(values.openings),
    people: Number(values.people ?? Math.max(10, Math.floor(Number(values.cards) / 10))),
    days: Number(values.days),
    now: Date.now(),
    seed: values.seed,
    apps: [
      { id: 'acme-wechat', platform: 'wechat' },
      { id: 'acme-wecom', platform: 'wecom' },
      { id: 'beta-wechat', platform: 'wechat' },
      { id: 'beta-wecom', platform: 'wecom' },
    ],
  }
  if (database.kind === 'sqlite' && !enoughSpace(database.file, shape)) return
  const start = Date.now()
  const entries = await seed(database, shape, {
    vault: new Vault(keyring),
    tell: (text) => process.stderr.write(text),
    now: () => Date.now(),
    cacheMiB: Number(values.cache),
  })
  const seconds = Math.round((Date.now() - start) / 1000)
  const { cards, openings, people } = shape
  const size =
    database.kind === 'sqlite' ? `, ${Math.round(statSync(database.file).size / 1e6)} MB` : ''
  process.stdout.write(
    `${cards} cards, ${openings} openings, ${people} people, ${entries} audit entries in ${seconds} s${size}\n`,
  )
}

const enoughSpace = (file: string, { cards, openings }: Shape): boolean => {
  const { bavail, bsize } = statfsSync(path.dirname(path.resolve(file)))
  const needed = cards * CARD_BYTES + openings * OPENING_BYTES
  const told = `needs about ${Math.ceil(needed / 1e6)} MB, ${Math.floor((bavail * bsize) / 1e6)} MB are free\n`
  process.stderr.write(told)
  if (needed < bavail * bsize * 0.9) return true
  fail('not enough disk space\n')
  return false
}

if (typeof database === 'string') fail(`--database ${database}\n${USAGE}`)
else if (Array.isArray(keyring)) fail(`SEALCARD_KEYRING: ${keyring.join('; ')}\n${USAGE}`)
else if (database.kind === 'sqlite' && existsSync(database.file))
  fail(`${database.file} is there already\n`)
else void main(database, keyring).catch((error: Error) => fail(`${error.stack}\n`))
