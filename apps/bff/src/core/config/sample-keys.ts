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

/** 32 bytes that are one byte repeated, or that count up or down: typed, not drawn. */
export const isSampleKey = (key: Uint8Array): boolean => {
  const steps = new Set<number>()
  for (let i = 1; i < key.length; i++) steps.add((key[i]! - key[i - 1]! + 256) % 256)
  return steps.size <= 1
}
