import { STATUSES, type Box, type CardFilter } from '@sealcard/client'
import { useWords } from '../../services'
import { Choices } from '../../ui/choices'

interface Props {
  box: Box
  filter: CardFilter
  onChange: (part: Partial<CardFilter>) => void
}

/** Finds cards by their titles, and those that were sent by their status, too. */
export const FilterBar = ({ box, filter, onChange }: Props) => {
  const { t } = useWords()
  return (
    <div role="search" aria-label={t('list.search')} className="filter">
      <input
        type="search"
        className="filter__input"
        dir="auto"
        autoComplete="off"
        enterKeyHint="search"
        maxLength={64}
        aria-label={t('list.search')}
        value={filter.text}
        placeholder={`${t('list.search')} · ${t('list.search-hint')}`}
        onChange={(event) => {
          onChange({ text: event.target.value })
        }}
      />
      {box === 'sent' ? (
        <Choices
          hidden
          label={t('list.status')}
          options={STATUSES.map((value) => ({
            value,
            label: value === 'all' ? t('list.status-all') : t(`status.${value}`),
          }))}
          value={filter.status}
          onChange={(status) => {
            onChange({ status })
          }}
        />
      ) : null}
    </div>
  )
}
