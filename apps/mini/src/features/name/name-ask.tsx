import type { PlainPhrase } from '@sealcard/client'
import { View } from '@tarojs/components'
import { t, w } from '../../i18n'
import { ActionButton } from '../../ui/action-button'
import { aria } from '../../ui/aria'
import { Banner } from '../../ui/banner'
import { Group } from '../../ui/group'
import { TypedInput } from '../../ui/typed-field'
import { useNameAsk } from './use-name-ask'
import './name-ask.css'

interface Props {
  /** What the name is good for here. */
  why: 'name.ask-sender' | 'name.ask-reader'
}

const TROUBLE = {
  wrong: 'name.wrong',
  refused: 'name.refused',
  failed: 'name.failed',
} as const satisfies Record<string, PlainPhrase>

/**
 * Asks for a name until the person gives one or skips it. The keyboard offers the nickname of their WeChat profile. The
 * field stays when the name is saved: WeChat's review may come later.
 */
export const NameAsk = ({ why }: Props) => {
  const { step, write, save, refuse, skip } = useNameAsk()
  if (step === 'gone') return null
  return (
    <View className="name-ask">
      <Group title={w('name.ask')} note={w('name.ask-note')}>
        <View className="name-ask__field">
          <View className="name-ask__why">{w(why)}</View>
          <TypedInput
            id="name"
            className="name-ask__input"
            type="nickname"
            initial=""
            maxlength={-1}
            placeholder={t('name.field')}
            placeholderClass="name-ask__placeholder"
            onInput={(event) => write(event.detail.value)}
            onNickNameReview={(event) => {
              if ((event.detail as { pass?: boolean }).pass === false) void refuse()
            }}
            {...aria({ label: t('name.field') })}
          />
        </View>
      </Group>
      {step === 'wrong' || step === 'refused' || step === 'failed' ? (
        <View className="name-ask__trouble">
          <Banner icon="!" tone="bad" text={t(TROUBLE[step])} />
        </View>
      ) : null}
      {step === 'saved' ? (
        <Banner icon="✓" tone="good" text={t('name.saved')} />
      ) : (
        <Answer saving={step === 'saving'} onSave={() => void save()} onSkip={skip} />
      )}
    </View>
  )
}

interface AnswerProps {
  saving: boolean
  onSave: () => void
  onSkip: () => void
}

const Answer = ({ saving, onSave, onSkip }: AnswerProps) => (
  <View>
    <ActionButton id="name-save" kind="plain" disabled={saving} onClick={onSave}>
      {saving ? t('name.saving') : t('name.save')}
    </ActionButton>
    <View className="name-ask__skip">
      <ActionButton id="name-skip" kind="plain" onClick={onSkip}>
        {w('name.skip')}
      </ActionButton>
    </View>
  </View>
)
