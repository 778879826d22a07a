import type { KeyConfig, KeyringConfig } from './config.js'
import { describeText, isQuoted } from './config-text.js'
import { Secret } from './secret.js'

/** Keys printed in the platforms' documentation and libraries: everybody has them. */
export const sampleEncodingAesKeys: ReadonlySet<string> = new Set([
  'jWmYm7qr5nMoAUwZRjGtBxmz3KA1tkAj3ykkR6q2B2C',
  '6qkdMrq68nTKduznJYO1A37W2oEgpkMUvkttRToqhUt',
  'kWxPEV2UEDyxWpmPdKC3F4dgPDmOvfKX1HGnEUDS1aR',
  'eQpzgeExtp20jI1HxRP1AAZ6xZoILdqDPO549LO4WeG',
  'abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG',
])

export const sampleTokens: ReadonlySet<string> = new Set([
  'QDG6eK',
  'hJqcu3uJ9Tn2gXPmxx2w9kkCkCE2EPYo',
  '123456',
  'pamtest',
  'spamtest',
])

/** Secrets of the simulator's apps. */
export const sampleSecrets: ReadonlySet<string> = new Set([
  'fake-wechat-secret-0000000000001',
  'fake-wecom-secret-00000000000000000000000001',
])

/** Secrets of webhooks that the specification and its libraries print. */
export const sampleWebhookSecrets: ReadonlySet<string> = new Set([
  'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw',
  'whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD',
])

/** Bytes that are one byte repeated, or that count up or down: typed, not drawn. */
export const isSampleKey = (key: Uint8Array): boolean => {
  const steps = new Set<number>()
  for (let i = 1; i < key.length; i++) steps.add((key[i]! - key[i - 1]! + 256) % 256)
  return steps.size <= 1
}

const FORM = /^([A-Za-z0-9_-]{1,32}):(.*)$/s

/**
 * `k1:<base64 of 32 bytes>[,k0:<an older one>]`; the first key seals.
 * @returns the keyring, or the mistakes as texts that show no key
 */
export const readKeyring = (text: string, production: boolean): KeyringConfig | string[] => {
  if (isQuoted(text)) return ['stands in quotes: remove them']
  const keys: KeyConfig[] = []
  const mistakes: string[] = []
  for (const [index, part] of text.split(',').entries()) {
    const [, id, secret] = FORM.exec(part.trim()) ?? []
    if (id === undefined || secret === undefined) {
      mistakes.push(`key ${index + 1} must read <id>:<base64 of 32 bytes>`)
      continue
    }
    const mistake = mistakeOf(secret, production)
    if (mistake) mistakes.push(`key ${id} ${mistake}`)
    if (keys.some((key) => key.id === id)) mistakes.push(`key ${id} occurs twice`)
    keys.push({ id, secret: new Secret(secret) })
  }
  const [first, ...older] = keys
  return mistakes.length || !first ? mistakes : { keys: [first, ...older] }
}

const mistakeOf = (secret: string, production: boolean): string | undefined => {
  const bytes = Buffer.from(secret, 'base64')
  if (bytes.length !== 32 || bytes.toString('base64') !== secret) {
    return `must be the base64 of 32 bytes (openssl rand -base64 32): ${otherForm(secret)}`
  }
  if (production && isSampleKey(bytes)) return 'is a sample; draw one with openssl rand -base64 32'
  return undefined
}

/** The same 32 bytes in another form, or whatever else it is. */
const otherForm = (secret: string): string => {
  if (/^[0-9a-f]{64}$/i.test(secret)) return 'it is hex (turn it with xxd -r -p | base64)'
  if (/^[\w-]{43}=?$/.test(secret)) {
    return /[-_]/.test(secret)
      ? 'it is base64url (write + for -, / for _, and = at the end)'
      : 'its = at the end is missing'
  }
  return `it ${describeText(secret)}`
}
