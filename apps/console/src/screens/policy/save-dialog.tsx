import type { CompanyPolicy } from '@sealcard/protocol'
import { App, Button, Flex, Input, Modal } from 'antd'
import { type SyntheticEvent, useId, useState } from 'react'
import { useAct } from '../../api/hooks'
import { sharedWords } from '../../i18n/shared-words'
import { useWords } from '../../i18n/words'
import { AuditLink } from '../../ui/dangerous-act'
import { FailureNotice } from '../../ui/failure-notice'
import { DifferenceTable } from './difference-table'
import { type Draft, draftDifferences, draftOf } from './rules'
import { policyWords } from './words'

interface Props {
  open: boolean
  /** What holds now. */
  policy: CompanyPolicy
  draft: Draft
  close: () => void
  saved: () => void
  /** Reads what holds now; the draft stays. */
  reload: () => void
}

/** Shows what changes, and asks why, before the policy is saved. */
export const SaveDialog = ({ open, policy, draft, close, saved, reload }: Props) => {
  const t = useWords(policyWords)
  const s = useWords(sharedWords)
  const { notification } = App.useApp()
  const ids = { form: useId(), reason: useId() }
  const [reason, setReason] = useState('')
  const save = useAct<CompanyPolicy>((api) =>
    api.send('PUT', 'policy', { ...draft, version: policy.version, reason: reason.trim() }),
  )
  const end = () => {
    setReason('')
    save.reset()
    close()
  }
  const submit = (event: SyntheticEvent) => {
    event.preventDefault()
    if (reason.trim() === '' || save.isPending) return
    save.mutate(undefined, {
      onSuccess: ({ version }) => {
        end()
        saved()
        notification.success({
          title: s('saved'),
          description: (
            <>
              {t('save.done', { version })} <AuditLink kind="policy.set" subject="company" />
            </>
          ),
          duration: 10,
        })
      },
    })
  }
  return (
    <Modal
      open={open}
      title={t('save.title')}
      onCancel={end}
      width={680}
      destroyOnHidden
      closable={{ 'aria-label': s('close') }}
      cancelText={s('cancel')}
      okText={t('save.ok')}
      okButtonProps={{
        htmlType: 'submit',
        form: ids.form,
        disabled: reason.trim() === '',
        loading: save.isPending,
      }}
    >
      <form id={ids.form} onSubmit={submit}>
        <Flex vertical gap={12}>
          <DifferenceTable changes={draftDifferences(draftOf(policy), draft)} />
          <div>{t('save.effect')}</div>
          <div>
            <label htmlFor={ids.reason}>{t('save.reason')}</label>
            <Input
              id={ids.reason}
              autoFocus
              required
              maxLength={150}
              value={reason}
              onChange={(event) => {
                setReason(event.target.value)
              }}
            />
          </div>
          {save.error && <FailureNotice error={save.error} />}
          {save.error?.code === 'ERR_CONFLICT' && (
            <Button
              onClick={() => {
                save.reset()
                reload()
              }}
            >
              {t('save.reload')}
            </Button>
          )}
        </Flex>
      </form>
    </Modal>
  )
}
