import { type Box, type CardFilter, STATUSES } from '@sealcard/client'
import { View } from '@tarojs/components'
import { t } from '../../i18n'
import { aria } from '../../ui/aria'
import { Choices } from '../../ui/choices'
import { TypedInput } from '../../ui/typed-field'
import './filter-bar.css'

interface Props {
  box: Box
  filter: CardFilter
  /** Another number: the field is made anew. */
  made: number
  onChange: (part: Partial<CardFilter>) => void
}

/** Finds cards by their titles, and those that were sent by their status, too. */
export const FilterBar = ({ box, filter, made, onChange }: Props) => (
  <View className="filter" {...aria({ role: 'search' })}>
    <TypedInput
      key={made}
      id="search"
      className="filter__input"
      type="text"
      confirmType="search"
      initial={filter.text}
      maxlength={64}
      placeholder={`${t('list.search')} · ${t('list.search-hint')}`}
      placeholderClass="filter__placeholder"
      onInput={(event) => onChange({ text: event.detail.value })}
      {...aria({ label: t('list.search') })}
    />
    {box === 'sent' ? (
      <Choices
        id="status"
        label={t('list.status')}
        options={STATUSES.map((value) => ({
          value,
          label: value === 'all' ? t('list.status-all') : t(`status.${value}`),
        }))}
        value={filter.status}
        onChange={(status) => onChange({ status })}
      />
    ) : null}
  </View>
)
