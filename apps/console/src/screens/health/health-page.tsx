import type { AdminSystem } from '@sealcard/protocol'
import { Flex } from 'antd'
import { useRead } from '../../api/hooks'
import { useWords } from '../../i18n/words'
import { Loaded } from '../../ui/loaded'
import { PageHeader } from '../../ui/page-header'
import { DoctorPanel } from './doctor-panel'
import { KeysPanel } from './keys-panel'
import { QueuesPanel, RetentionPanel, ServicePanel } from './system-panels'
import { healthWords } from './words'

const ASK_MS = 10_000

/** How the service does, its keys, and the doctor. */
export const HealthPage = () => {
  const t = useWords(healthWords)
  const system = useRead<AdminSystem>('system', {}, { every: ASK_MS, keep: true })
  return (
    <>
      <PageHeader title={t('title')} />
      <Flex vertical gap={16}>
        <Loaded read={system} rows={10}>
          {(now) => (
            <Flex gap={16} wrap align="stretch">
              <KeysPanel system={now} />
              <ServicePanel system={now} />
              <RetentionPanel system={now} />
              <QueuesPanel system={now} />
            </Flex>
          )}
        </Loaded>
        <DoctorPanel />
      </Flex>
    </>
  )
}
