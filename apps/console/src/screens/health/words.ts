import type { Words } from '@sealcard/client'

export const healthWords = {
  title: { zh: '健康与密钥', en: 'Health and keys' },
} as const satisfies Words
