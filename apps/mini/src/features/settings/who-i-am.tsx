import { describeError, type PlainPhrase } from '@sealcard/client'
import { View } from '@tarojs/components'
import type { Me } from '@sealcard/protocol'
import { t } from '../../i18n'
import { ActionButton } from '../../ui/action-button'
import { aria } from '../../ui/aria'
import { Banner } from '../../ui/banner'
import { Group, Line } from '../../ui/group'
import { TypedInput } from '../../ui/typed-field'
import { useOwnName } from './use-own-name'
import './settings.css'

const WHY: Record<Me['nameFrom'], PlainPhrase> = {
  platform: 'me.from-platform',
  self: 'me.from-self',
  off: 'me.names-off',
}

const TROUBLE = {
  wrong: 'name.wrong',
  refused: 'name.refused',
  failed: 'name.failed',
} as const satisfies Record<string, PlainPhrase>

const DONE = {
  saved: 'name.saved',
  removed: 'me.removed',
} as const satisfies Record<string, PlainPhrase>

/** Name and code. The platform's names are read-only. */
export const WhoIAm = () => {
  const own = useOwnName()
  const { me, error, step } = own
  if (!me) {
    return (
      <Group title={t('me.title')}>
        {error === null ? (
          <Line label={t('common.loading')} />
        ) : (
          <View className="settings__block">
            <View className="settings__row">
              <Banner
                icon="!"
                tone="bad"
                text={`${t('me.failed')} ${describeError(error, t).text}`}
              />
            </View>
            <ActionButton id="me-retry" kind="plain" onClick={() => void own.load()}>
              {t('common.retry')}
            </ActionButton>
          </View>
        )}
      </Group>
    )
  }
  const named = me.name !== undefined
  return (
    <View className="settings__section">
      <Group title={t('me.title')} note={t(WHY[me.nameFrom])}>
        {me.nameFrom === 'self' ? (
          <View className="settings__block">
            <View className="settings__label">{t('name.field')}</View>
            <TypedInput
              // What was saved or removed, not what is typed, makes another field.
              key={step === 'removed' ? 'removed' : 'typed'}
              id="own-name"
              className="settings__field"
              type="nickname"
              initial={me.name ?? ''}
              maxlength={-1}
              placeholder={t('name.field')}
              placeholderClass="settings__placeholder"
              onInput={(event) => own.write(event.detail.value)}
              onNickNameReview={(event) => {
                if ((event.detail as { pass?: boolean }).pass === false) void own.refuse()
              }}
              {...aria({ label: t('name.field') })}
            />
          </View>
        ) : null}
        {me.nameFrom === 'platform' ? (
          <Line label={t('me.name')} value={me.name ?? t('me.no-name')} />
        ) : null}
        <Line label={t('me.code')} value={me.code} detail={t('me.code-why')} />
      </Group>
      {step === 'wrong' || step === 'refused' || step === 'failed' ? (
        <View className="settings__row">
          <Banner icon="!" tone="bad" text={t(TROUBLE[step])} />
        </View>
      ) : null}
      {step === 'saved' || step === 'removed' ? (
        <View className="settings__row">
          <Banner icon="✓" tone="good" text={t(DONE[step])} />
        </View>
      ) : null}
      {me.nameFrom === 'self' ? (
        <View className="settings__row">
          <ActionButton
            id="own-name-save"
            kind="plain"
            disabled={step === 'saving'}
            onClick={() => void own.save()}
          >
            {step === 'saving' ? t('name.saving') : t('name.save')}
          </ActionButton>
        </View>
      ) : null}
      {me.nameFrom === 'self' && named ? (
        <View className="settings__row">
          <ActionButton
            id="own-name-remove"
            kind="plain"
            disabled={step === 'saving'}
            onClick={() => void own.remove()}
          >
            {t('me.remove')}
          </ActionButton>
        </View>
      ) : null}
    </View>
  )
}
