import { BODY_MAX, count, type Draft, TITLE_MAX } from '@sealcard/client'
import { Text, View } from '@tarojs/components'
import { t } from '../../i18n'
import { aria } from '../../ui/aria'
import { TypedInput, TypedTextarea } from '../../ui/typed-field'
import './text-fields.css'

interface Props {
  draft: Draft
  onChange: (part: Partial<Draft>) => void
  /** The title has the focus when it is made. */
  focus?: boolean
}

// No `maxlength` that cuts: what is pasted stays, and the count says by how much it is too long.
const UNCUT = -1

export const TextFields = ({ draft, onChange, focus = false }: Props) => (
  <View className="group">
    <View className="group__lines">
      <View className="field">
        <FieldHead label={t('write.field-title')} used={count(draft.title)} max={TITLE_MAX} />
        <TypedInput
          id="title"
          className="field__input"
          initial={draft.title}
          focus={focus}
          maxlength={UNCUT}
          placeholder={t('write.title-hint')}
          placeholderClass="field__placeholder"
          onInput={(event) => onChange({ title: event.detail.value })}
          {...aria({ label: t('write.field-title') })}
        />
      </View>
      <View className="field">
        <FieldHead label={t('write.field-body')} used={count(draft.body)} max={BODY_MAX} />
        <TypedTextarea
          id="body"
          className="field__textarea"
          initial={draft.body}
          maxlength={UNCUT}
          autoHeight
          disableDefaultPadding
          placeholder={t('write.body-hint')}
          placeholderClass="field__placeholder"
          onInput={(event) => onChange({ body: event.detail.value })}
          {...aria({ label: t('write.field-body') })}
        />
      </View>
    </View>
  </View>
)

const FieldHead = ({ label, used, max }: { label: string; used: number; max: number }) => (
  <View className="field__head">
    <Text className="field__label">{label}</Text>
    <Text className={`field__count ${used > max ? 'field__count--over' : ''}`}>
      {`${used > max ? '! ' : ''}${t('write.count', { n: used, max })}`}
    </Text>
  </View>
)
