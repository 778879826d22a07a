import type { CompanyPolicyVersion } from '@sealcard/protocol'
import { Button, Flex, Typography } from 'antd'
import { useNavigate } from 'react-router'
import { useRead } from '../../api/hooks'
import { useWords } from '../../i18n/words'
import { DetailsDrawer, OpenLink } from '../../ui/details-drawer'
import { Facts } from '../../ui/facts'
import type { Page } from '../../ui/list/use-list'
import { ListPage } from '../../ui/list/list-page'
import { Named } from '../../ui/named'
import { RoleGate } from '../../ui/role-gate'
import { Time } from '../../ui/time'
import { DifferenceTable } from './difference-table'
import { PolicySections } from './policy-sections'
import { differences } from './rules'
import { policyWords } from './words'

const PATH = 'policy/versions'
const NOTHING = { default: {}, apps: {} }

/** Every version of the policy, with what it changed. */
export const PolicyHistory = () => {
  const t = useWords(policyWords)
  return (
    <ListPage<CompanyPolicyVersion>
      title={t('title')}
      lead={t('lead')}
      path={PATH}
      rowKey={({ version }) => String(version)}
      columns={[
        {
          title: t('version'),
          cell: ({ version }) => (
            <OpenLink id={String(version)}>{t('version.n', { n: version })}</OpenLink>
          ),
        },
        { title: t('at'), cell: ({ changedAt }) => <Time at={changedAt} /> },
        { title: t('by'), cell: ({ by }) => <Named what={by} /> },
        { title: t('reason'), cell: ({ reason }) => reason ?? '—' },
      ]}
      empty={{ title: t('history.none'), hint: t('history.none-hint') }}
      drawer={(id, row) => <VersionDrawer id={id} version={row} />}
    >
      <PolicySections current="history" />
    </ListPage>
  )
}

interface Props {
  id: string
  version: CompanyPolicyVersion | undefined
}

const VersionDrawer = ({ id, version }: Props) => {
  const t = useWords(policyWords)
  const navigate = useNavigate()
  // The version before it may stand on the next page of the list.
  const read = useRead<Page<CompanyPolicyVersion>>(PATH, { limit: 50 })
  const before = read.data?.items.find((one) => one.version === Number(id) - 1)
  const title = t('version.n', { n: id })
  if (!version) return <DetailsDrawer title={title}>{t('not-here')}</DetailsDrawer>
  const rules = { default: version.default, apps: version.apps }
  return (
    <DetailsDrawer
      title={title}
      actions={
        <RoleGate needs="manage">
          {(disabled) => (
            <Button
              disabled={disabled}
              onClick={() => void navigate('/policy', { state: { rules } })}
            >
              {t('history.use')}
            </Button>
          )}
        </RoleGate>
      }
    >
      <Flex vertical gap={16}>
        <Facts
          facts={[
            [t('at'), <Time key="at" at={version.changedAt} full />],
            [t('by'), <Named key="by" what={version.by} />],
            [t('reason'), version.reason ?? '—'],
            [t('makers'), t('diff.people', { n: version.makers })],
          ]}
        />
        <DifferenceTable changes={differences(before ?? NOTHING, rules)} />
        <Typography.Text type="secondary">{t('history.use-hint')}</Typography.Text>
      </Flex>
    </DetailsDrawer>
  )
}
