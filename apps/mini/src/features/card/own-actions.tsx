import { copyOf, draftStore, hasWords } from '@sealcard/client'
import type { Card } from '@sealcard/protocol'
import { useState } from 'react'
import { now } from '../../adapters/clock'
import { t } from '../../i18n'
import { routes } from '../../routes'
import { services } from '../../services'
import { ActionLine } from '../../ui/action-line'
import { ConfirmSheet } from '../../ui/confirm-sheet'
import { Group } from '../../ui/group'
import { navigation } from '../navigation'

interface Props {
  card: Card
  deleting: boolean
  onDelete: () => void
}

/** What can be done with a card after it was written: edit, duplicate, delete. */
export const OwnActions = ({ card, deleting, onDelete }: Props) => {
  const [asking, setAsking] = useState<'copy' | 'delete' | null>(null)
  const opened = (card.openings?.total ?? 0) > 0

  const copy = () => {
    draftStore(services().storage, now).replace(copyOf(card))
    void navigation.open(routes.write)
  }
  const askToCopy = () => {
    if (hasWords(draftStore(services().storage, now).read())) setAsking('copy')
    else copy()
  }
  const close = () => setAsking(null)

  return (
    <>
      <Group title={t('own.section')}>
        {card.status === 'active' ? (
          <ActionLine
            id="edit"
            label={t('own.edit')}
            detail={t(opened ? 'own.edit-policy' : 'own.edit-words')}
            onClick={() => void navigation.open(routes.edit(card.id))}
          />
        ) : null}
        <ActionLine
          id="copy"
          label={t('own.copy')}
          detail={t('own.copy-hint')}
          onClick={askToCopy}
        />
        <ActionLine
          id="delete"
          danger
          label={t(deleting ? 'own.deleting' : 'own.delete')}
          disabled={deleting}
          onClick={() => setAsking('delete')}
        />
      </Group>
      {asking === 'copy' ? (
        <ConfirmSheet
          id="copy-sheet"
          title={t('own.copy-question')}
          text={t('own.copy-effect')}
          confirm={t('own.copy-confirm')}
          cancel={t('common.cancel')}
          onConfirm={() => {
            close()
            copy()
          }}
          onCancel={close}
        />
      ) : null}
      {asking === 'delete' ? (
        <ConfirmSheet
          id="delete-sheet"
          title={t('own.delete-question')}
          text={t('own.delete-effect')}
          confirm={t('own.delete-confirm')}
          cancel={t('common.cancel')}
          onConfirm={() => {
            close()
            onDelete()
          }}
          onCancel={close}
        />
      ) : null}
    </>
  )
}
