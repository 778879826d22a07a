import type { Words } from '@sealcard/client'

export const overviewWords = {
  title: { zh: '概览', en: 'Overview' },
} as const satisfies Words
