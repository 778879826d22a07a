import { describeError, type PlainPhrase } from '@sealcard/client'
import type { Me } from '@sealcard/protocol'
import { useWords } from '../../services'
import { ActionButton } from '../../ui/action-button'
import { Banner } from '../../ui/banner'
import { Group, Line } from '../../ui/group'
import { useOwnName } from './use-own-name'

const WHY: Record<Me['nameFrom'], PlainPhrase> = {
  platform: 'me.from-platform',
  self: 'me.from-self',
  off: 'me.names-off',
}

/** Name and code. The platform's names are read-only. */
export const WhoIAm = () => {
  const { t } = useWords()
  const own = useOwnName()
  const { me, error, step } = own
  if (!me) {
    return (
      <Group title={t('me.title')}>
        {error === null ? (
          <Line label={t('common.loading')} />
        ) : (
          <div className="settings__block">
            <Banner
              icon="!"
              tone="bad"
              text={`${t('me.failed')} ${describeError(error, t).text}`}
            />
            <ActionButton kind="plain" onClick={() => void own.load()}>
              {t('common.retry')}
            </ActionButton>
          </div>
        )}
      </Group>
    )
  }
  return (
    <>
      <Group title={t('me.title')}>
        {me.nameFrom === 'self' ? (
          <label className="settings__block">
            <span className="line__label">{t('name.field')}</span>
            <input
              className="settings__field"
              dir="auto"
              value={own.typed}
              aria-invalid={step === 'wrong'}
              onChange={(event) => {
                own.write(event.target.value)
              }}
            />
          </label>
        ) : null}
        {me.nameFrom === 'platform' ? (
          <Line label={t('me.name')} value={<bdi>{me.name ?? t('me.no-name')}</bdi>} />
        ) : null}
        <Line label={t('me.code')} value={me.code} detail={t('me.code-why')} />
        <p className="settings__why">{t(WHY[me.nameFrom])}</p>
      </Group>
      {step === 'wrong' || step === 'failed' ? (
        <Banner icon="!" tone="bad" text={t(`name.${step}`)} />
      ) : null}
      {step === 'saved' ? <Banner icon="✓" tone="good" text={t('name.saved')} /> : null}
      {step === 'removed' ? <Banner icon="✓" tone="good" text={t('me.removed')} /> : null}
      {me.nameFrom === 'self' ? (
        <div className="settings__buttons">
          <ActionButton kind="plain" busy={step === 'saving'} onClick={() => void own.save()}>
            {step === 'saving' ? t('name.saving') : t('name.save')}
          </ActionButton>
          {me.name === undefined ? null : (
            <ActionButton kind="plain" busy={step === 'saving'} onClick={() => void own.remove()}>
              {t('me.remove')}
            </ActionButton>
          )}
        </div>
      ) : null}
    </>
  )
}
