import { describeError } from '@sealcard/client'
import { useCard } from '../features/card/use-card'
import { EditForm } from '../features/write/edit-form'
import { routes } from '../routes'
import { useWords } from '../services'
import { ActionButton } from '../ui/action-button'
import { Notice } from '../ui/notice'
import { Skeleton } from '../ui/skeleton'
import { Top } from '../ui/top'

/** Changes a card of one's own. */
export const EditPage = ({ id }: { id: string }) => {
  const { t, w } = useWords()
  const { card, error, failed, reload } = useCard(id)
  const { text, requestId } = describeError(error, t)
  return (
    <main className="screen screen--foot">
      <Top title={t('edit.title')} back={{ href: routes.card(id), label: w('nav.back') }} />
      {card ? <EditForm card={card} /> : null}
      {card || failed === 'load' ? null : <Skeleton label={t('common.loading')} lines={2} />}
      {!card && failed === 'load' ? (
        <Notice
          icon="!"
          title={t('card.failed')}
          text={text}
          small={requestId ? t('common.request', { id: requestId }) : undefined}
        >
          <ActionButton kind="plain" onClick={() => void reload()}>
            {t('common.retry')}
          </ActionButton>
        </Notice>
      ) : null}
    </main>
  )
}
