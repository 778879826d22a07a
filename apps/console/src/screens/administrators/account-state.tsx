import type { AdminAccount } from '@sealcard/protocol'
import { useWords } from '../../i18n/words'
import { State } from '../../ui/state'
import { administratorsWords } from './words'

/** Whether the account may log in. */
export const AccountState = ({ account: { disabledAt, enrolled } }: { account: AdminAccount }) => {
  const t = useWords(administratorsWords)
  if (disabledAt !== null) return <State kind="off">{t('state.disabled')}</State>
  if (!enrolled) return <State kind="waiting">{t('state.enrolling')}</State>
  return <State kind="good">{t('state.enabled')}</State>
}
