import { Drawer } from 'antd'
import type { ReactNode } from 'react'
import { Link } from 'react-router'
import { sharedWords } from '../i18n/shared-words'
import { useWords } from '../i18n/words'
import { useAddress } from './use-address'

/** In the address: which row's drawer is open. */
export const OPEN = 'open'

/** The name of a row: a link that opens its drawer. Nothing else of a row opens anything. */
export const OpenLink = ({ id, children }: { id: string; children: ReactNode }) => {
  const address = useAddress()
  return <Link to={address.to({ [OPEN]: id })}>{children}</Link>
}

interface Props {
  title: ReactNode
  actions?: ReactNode
  children: ReactNode
}

/** Details beside the list that they are of. Open while the address says `open`; closing goes back to the list. */
export const DetailsDrawer = ({ title, actions, children }: Props) => {
  const address = useAddress()
  const t = useWords(sharedWords)
  return (
    <Drawer
      open={address.get(OPEN) !== undefined}
      title={title}
      extra={actions}
      size={720}
      closable={{ 'aria-label': t('close') }}
      onClose={() => {
        address.set({ [OPEN]: undefined })
      }}
    >
      {children}
    </Drawer>
  )
}
