import { Text } from '@tarojs/components'
import type { CardStatus } from '@sealcard/protocol'
import { t } from '../i18n'
import './status-tag.css'

const SIGN: Record<CardStatus, string> = { active: '✓', revoked: '✕', expired: '–' }

export const StatusTag = ({ status }: { status: CardStatus }) => (
  <Text className={`status status--${status}`}>{`${SIGN[status]} ${t(`status.${status}`)}`}</Text>
)
