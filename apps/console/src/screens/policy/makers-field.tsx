import type { ListedViewerPage, PolicyMakers, Viewer } from '@sealcard/protocol'
import { Button, Flex, Input, Typography } from 'antd'
import { type SyntheticEvent, useId, useState } from 'react'
import { useRead } from '../../api/hooks'
import { sharedWords } from '../../i18n/shared-words'
import { useWords } from '../../i18n/words'
import { Loaded } from '../../ui/loaded'
import { Person } from '../../ui/person'
import { policyWords } from './words'

interface Props {
  /** Ids. */
  makers: string[]
  disabled: boolean
  change: (makers: string[]) => void
}

/** So many are shown; the list may have a thousand. */
const SHOWN = 100

/** The people who may write cards, with a search that adds to them. */
export const MakersField = ({ makers, disabled, change }: Props) => {
  const t = useWords(policyWords)
  const s = useWords(sharedWords)
  const id = useId()
  const [typed, setTyped] = useState('')
  const [q, setQ] = useState('')
  const [added, setAdded] = useState<Viewer[]>([])
  const present = useRead<PolicyMakers>('policy/makers')
  const known = new Map([...(present.data?.items ?? []), ...added].map((one) => [one.id, one]))
  const search = (event: SyntheticEvent) => {
    event.preventDefault()
    setQ(typed.trim())
  }
  return (
    <fieldset style={{ margin: '16px 0 0', padding: 0, border: 0, minWidth: 0 }}>
      <legend style={{ padding: 0 }}>{t('makers')}</legend>
      {makers.length === 0 && <Typography.Text type="warning">{t('makers.none')}</Typography.Text>}
      <ul style={{ margin: '8px 0', padding: 0, listStyle: 'none' }}>
        {makers.slice(0, SHOWN).map((one) => {
          const who = known.get(one)
          return (
            <li key={one}>
              <Person {...(who ?? { id: one })} />{' '}
              <Button
                type="link"
                size="small"
                danger
                disabled={disabled}
                onClick={() => {
                  change(makers.filter((other) => other !== one))
                }}
              >
                {t('makers.remove', { who: who?.name ?? who?.code ?? one })}
              </Button>
            </li>
          )
        })}
      </ul>
      {makers.length > SHOWN && t('makers.more', { n: makers.length - SHOWN })}
      <form onSubmit={search}>
        <label htmlFor={id} style={{ display: 'block', fontSize: 12 }}>
          {t('makers.search')}
        </label>
        <Flex gap={8}>
          <Input
            id={id}
            disabled={disabled}
            value={typed}
            style={{ width: 220 }}
            onChange={(event) => {
              setTyped(event.target.value)
            }}
          />
          <Button htmlType="submit" disabled={disabled}>
            {s('filter.search')}
          </Button>
        </Flex>
      </form>
      {q !== '' && (
        <Found
          q={q}
          makers={makers}
          add={(one) => {
            setAdded((before) => [...before, one])
            change([...makers, one.id])
          }}
        />
      )}
    </fieldset>
  )
}

interface FoundProps {
  q: string
  makers: string[]
  add: (person: Viewer) => void
}

const Found = ({ q, makers, add }: FoundProps) => {
  const t = useWords(policyWords)
  const s = useWords(sharedWords)
  const read = useRead<ListedViewerPage>('viewers', { q, limit: 20 })
  return (
    <Loaded read={read} rows={2}>
      {({ items }) => (
        <ul style={{ margin: '8px 0', padding: 0, listStyle: 'none' }}>
          {items.length === 0 && <li>{s('list.filtered')}</li>}
          {items.map((one) => (
            <li key={one.id}>
              <Person {...one} /> {one.app}{' '}
              <Button
                size="small"
                disabled={makers.includes(one.id)}
                aria-label={`${t('makers.add')} ${one.name ?? one.code}`}
                onClick={() => {
                  add(one)
                }}
              >
                {t('makers.add')}
              </Button>
            </li>
          ))}
        </ul>
      )}
    </Loaded>
  )
}
