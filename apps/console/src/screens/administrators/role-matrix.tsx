import { CheckOutlined, MinusOutlined } from '@ant-design/icons'
import { PERMISSIONS, type Permission, ROLES } from '@sealcard/protocol/plain'
import { sharedWords } from '../../i18n/shared-words'
import { useWords } from '../../i18n/words'
import { PageHeader } from '../../ui/page-header'
import { WideTable } from '../../ui/wide-table'
import { AdministratorsSections } from './administrators-sections'
import { administratorsWords } from './words'

const NAMES = Object.keys(ROLES) as (keyof typeof ROLES)[]

/** Which role has which permission, as the service judges. */
export const RoleMatrix = () => {
  const t = useWords(administratorsWords)
  const s = useWords(sharedWords)
  const has = (role: (typeof NAMES)[number], permission: Permission) =>
    (ROLES[role] as readonly Permission[]).includes(permission)
  return (
    <>
      <PageHeader title={t('title')} lead={t('lead.roles')} />
      <AdministratorsSections current="roles" />
      <WideTable<{ permission: Permission }>
        rowKey={({ permission }) => permission}
        dataSource={PERMISSIONS.map((permission) => ({ permission }))}
        columns={[
          {
            title: t('permission'),
            rowScope: 'row',
            render: (_, { permission }) => t(`permission.${permission}`),
          },
          ...NAMES.map((role) => ({
            title: s(`role.${role}`),
            key: role,
            render: (_: unknown, { permission }: { permission: Permission }) =>
              has(role, permission) ? (
                <>
                  <CheckOutlined aria-hidden /> {t('yes')}
                </>
              ) : (
                <>
                  <MinusOutlined aria-hidden /> {t('no')}
                </>
              ),
          })),
        ]}
      />
    </>
  )
}
