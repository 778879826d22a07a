import { useEffect } from 'react'
import { t } from '../../i18n'
import { routes } from '../../routes'
import { Notice } from '../../ui/notice'
import { navigation } from '../navigation'

/** The owner came to their own card through its bubble: they see it, its readers and its revocation on its page. */
export const OwnCard = ({ cardId }: { cardId: string }) => {
  const go = () => void navigation.replace(routes.card(cardId))
  useEffect(go, [cardId])
  return (
    <Notice
      icon="✉"
      title={t('open.own')}
      text={t('open.own-why')}
      action={{ id: 'own', label: t('open.own-go'), onClick: go }}
    />
  )
}
