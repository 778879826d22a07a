import type { AuditChain, AuditChainPage } from '@sealcard/protocol'
import { Typography } from 'antd'
import { useRead } from '../../api/hooks'
import { formatNumber } from '../../i18n/format'
import { useLanguage, useWords } from '../../i18n/words'
import { Copy } from '../../ui/copy'
import { Loaded } from '../../ui/loaded'
import { Panel } from '../../ui/panel'
import { Time } from '../../ui/time'
import { WideTable } from '../../ui/wide-table'
import { ChainsPicture } from './chains-picture'
import { auditWords } from './words'

/** The latest chains, as a picture and as a table. */
export const ChainsPanel = () => {
  const t = useWords(auditWords)
  const read = useRead<AuditChainPage>('audit/chains')
  return (
    <Panel title={t('chains.title')}>
      <Typography.Paragraph type="secondary">{t('chains.lead')}</Typography.Paragraph>
      <Loaded read={read}>
        {({ items }) =>
          items.length === 0 ? (
            <Typography.Text>{t('none')}</Typography.Text>
          ) : (
            <>
              <ChainsPicture chains={items} />
              <ChainsTable chains={items} />
            </>
          )
        }
      </Loaded>
    </Panel>
  )
}

const ChainsTable = ({ chains }: { chains: AuditChain[] }) => {
  const t = useWords(auditWords)
  const language = useLanguage()
  return (
    <WideTable<AuditChain>
      size="small"
      rowKey={({ id }) => id}
      dataSource={chains}
      columns={[
        { title: t('chains.chain'), render: (_, { id }) => <Copy text={id} short={8} /> },
        { title: t('chains.started'), render: (_, { startedAt }) => <Time at={startedAt} /> },
        { title: t('chains.last'), render: (_, { head }) => <Time at={head.at} /> },
        {
          title: t('chains.entries'),
          align: 'end',
          render: (_, { head }) => formatNumber(head.seq, language),
        },
        {
          title: t('chains.checkpoint'),
          render: (_, { id, checkpoints: [latest] }) =>
            latest ? (
              <Copy text={`${id}:${latest.seq}:${latest.hash}`} short={28} />
            ) : (
              t('chains.none')
            ),
        },
      ]}
    />
  )
}
