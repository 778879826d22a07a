import { Button, Flex, Input, Select } from 'antd'
import { type SyntheticEvent, useId, useState } from 'react'
import { dayOf, dayStart } from '../../i18n/format'
import { sharedWords } from '../../i18n/shared-words'
import { useWords } from '../../i18n/words'
import { useAddress } from '../use-address'

/** A filter, by the name that it has in the query of the API. */
export type Filter =
  | { kind: 'text'; name: string; label: string; placeholder?: string; width?: number }
  | {
      kind: 'choice'
      name: string
      label: string
      options: readonly { value: string; label: string }[]
    }
  /** Days, as `from` and `to`. */
  | { kind: 'range' }

export const namesOf = (filters: readonly Filter[]): string[] =>
  filters.flatMap((filter) => (filter.kind === 'range' ? ['from', 'to'] : [filter.name]))

interface Props {
  filters: readonly Filter[]
}

/** The filters of a list. What is chosen stands in the address; a change begins at the first page. */
export const FilterBar = ({ filters }: Props) => {
  const address = useAddress()
  const t = useWords(sharedWords)
  const names = namesOf(filters)
  const inAddress = Object.fromEntries(names.map((name) => [name, address.get(name) ?? '']))
  const key = JSON.stringify(inAddress)
  const [typed, setTyped] = useState({ key, values: inAddress })
  // What is typed counts until the address changes, e.g. by Back.
  const values = typed.key === key ? typed.values : inAddress

  const apply = (next: Record<string, string>) => {
    address.set({ ...next, cursor: undefined, open: undefined })
  }
  const change = (name: string, value: string, now = false) => {
    const next = { ...values, [name]: value }
    setTyped({ key, values: next })
    if (now) apply(next)
  }
  const submit = (event: SyntheticEvent) => {
    event.preventDefault()
    apply(values)
  }

  return (
    <form role="search" onSubmit={submit} style={{ marginBottom: 12 }}>
      <Flex wrap gap={8} align="end">
        {filters.map((filter) => {
          if (filter.kind === 'range')
            return (
              <Range
                key="range"
                from={values['from'] ?? ''}
                to={values['to'] ?? ''}
                change={(name, value) => {
                  change(name, value, true)
                }}
              />
            )
          const { name, label } = filter
          const value = values[name] ?? ''
          if (filter.kind === 'choice')
            return (
              <Labelled key={name} label={label}>
                {(id) => (
                  <Select
                    id={id}
                    aria-label={label}
                    value={value}
                    style={{ minWidth: 128 }}
                    options={[{ value: '', label: t('filter.all') }, ...filter.options]}
                    onChange={(chosen) => {
                      change(name, chosen, true)
                    }}
                  />
                )}
              </Labelled>
            )
          return (
            <Labelled key={name} label={label}>
              {(id) => (
                <Input
                  id={id}
                  allowClear
                  value={value}
                  placeholder={filter.placeholder}
                  style={{ width: filter.width ?? 220 }}
                  onChange={(event) => {
                    change(name, event.target.value)
                  }}
                />
              )}
            </Labelled>
          )
        })}
        <Button htmlType="submit">{t('filter.search')}</Button>
        {names.some((name) => inAddress[name]) && <ClearFilters names={names} />}
      </Flex>
    </form>
  )
}

export const ClearFilters = ({ names }: { names: readonly string[] }) => {
  const address = useAddress()
  const t = useWords(sharedWords)
  return (
    <Button
      type="link"
      onClick={() => {
        address.set(Object.fromEntries([...names, 'cursor', 'open'].map((name) => [name, ''])))
      }}
    >
      {t('filter.clear')}
    </Button>
  )
}

interface RangeProps {
  from: string
  to: string
  change: (name: 'from' | 'to', value: string) => void
}

/** Browsers draw a date higher than a text. */
const DATE = { width: 150, height: 32 } as const

/** Whole days of the browser's zone. The API's `to` is the end of the last one. */
const Range = ({ from, to, change }: RangeProps) => {
  const t = useWords(sharedWords)
  return (
    <>
      <Labelled label={t('filter.from')}>
        {(id) => (
          <Input
            id={id}
            type="date"
            value={from && dayOf(from)}
            style={DATE}
            onChange={({ target: { value } }) => {
              change('from', value && dayStart(value))
            }}
          />
        )}
      </Labelled>
      <Labelled label={t('filter.to')}>
        {(id) => (
          <Input
            id={id}
            type="date"
            value={to && dayOf(new Date(Date.parse(to) - 1).toISOString())}
            style={DATE}
            onChange={({ target: { value } }) => {
              change('to', value && dayStart(value, 1))
            }}
          />
        )}
      </Labelled>
    </>
  )
}

interface LabelledProps {
  label: string
  children: (id: string) => React.ReactElement
}

const Labelled = ({ label, children }: LabelledProps) => {
  const id = useId()
  return (
    <div>
      <label htmlFor={id} style={{ display: 'block', fontSize: 12 }}>
        {label}
      </label>
      {children(id)}
    </div>
  )
}
