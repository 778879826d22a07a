import { copyOf, hasWords } from '@sealcard/client'
import type { Card } from '@sealcard/protocol'
import { useState } from 'react'
import { routes } from '../../routes'
import { useServices, useWords } from '../../services'
import { ActionLine } from '../../ui/action-line'
import { ConfirmSheet } from '../../ui/confirm-sheet'
import { Group } from '../../ui/group'
import { personDrafts } from '../write/person-drafts'

interface Props {
  card: Card
  viewerId: string
  deleting: boolean
  onDelete: () => void
}

/** What can be done with a card after it was written: edit, duplicate, delete. */
export const OwnActions = ({ card, viewerId, deleting, onDelete }: Props) => {
  const { now, storage } = useServices()
  const { t } = useWords()
  const [asking, setAsking] = useState<'copy' | 'delete' | null>(null)
  const opened = (card.openings?.total ?? 0) > 0
  const drafts = () => personDrafts(storage, viewerId, now)

  const copy = () => {
    drafts().replace(copyOf(card))
    window.location.hash = routes.write
  }
  const askToCopy = () => {
    if (hasWords(drafts().read())) setAsking('copy')
    else copy()
  }
  const close = () => {
    setAsking(null)
  }

  return (
    <>
      <Group title={t('own.section')}>
        {card.status === 'active' ? (
          <ActionLine
            label={t('own.edit')}
            detail={t(opened ? 'own.edit-policy' : 'own.edit-words')}
            href={routes.edit(card.id)}
          />
        ) : null}
        <ActionLine label={t('own.copy')} detail={t('own.copy-hint')} onClick={askToCopy} />
        <ActionLine
          danger
          label={t(deleting ? 'own.deleting' : 'own.delete')}
          busy={deleting}
          onClick={() => {
            setAsking('delete')
          }}
        />
      </Group>
      {asking === 'copy' ? (
        <ConfirmSheet
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
