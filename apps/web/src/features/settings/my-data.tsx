import { describeError, formatTime, summaryOf, textOfCopy } from '@sealcard/client'
import type { PersonCopy } from '@sealcard/protocol'
import { useState } from 'react'
import { useServices, useWords } from '../../services'
import { ActionButton } from '../../ui/action-button'
import { Banner } from '../../ui/banner'
import { Fold } from '../../ui/fold'
import { Group, Line } from '../../ui/group'

/** A copy of what the service holds about the person: to look at, and to take along. */
export const MyData = () => {
  const { client, place, taking } = useServices()
  const { t, w } = useWords()
  const [copy, setCopy] = useState<PersonCopy | null>(null)
  const [getting, setGetting] = useState(false)
  const [trouble, setTrouble] = useState<string | null>(null)
  const [copied, setCopied] = useState(false)

  const load = async () => {
    setGetting(true)
    setTrouble(null)
    try {
      setCopy(await client.exportMe())
    } catch (error) {
      setTrouble(describeError(error, t).text)
    } finally {
      setGetting(false)
    }
  }

  const take = async (from: PersonCopy) => {
    setTrouble(null)
    try {
      await taking.copy(textOfCopy(from))
      setCopied(true)
    } catch {
      setTrouble(t('data.copy-failed'))
    }
  }

  return (
    <Group title={t('data.title')}>
      <p className="settings__why">{t('data.why')}</p>
      {copy ? <Tables copy={copy} /> : null}
      <div className="settings__block">
        {trouble ? <Banner icon="!" tone="bad" text={trouble} /> : null}
        {copied ? <Banner icon="✓" tone="good" text={t('data.copied')} /> : null}
        {copy === null ? (
          <ActionButton kind="plain" busy={getting} onClick={() => void load()}>
            {getting ? t('data.getting') : t('data.get')}
          </ActionButton>
        ) : (
          <div className="settings__buttons">
            <ActionButton kind="plain" onClick={() => void take(copy)}>
              {t('data.copy')}
            </ActionButton>
            {place === 'browser' ? (
              <ActionButton
                kind="plain"
                onClick={() => {
                  taking.save(fileName(copy), textOfCopy(copy))
                }}
              >
                {w('data.save')}
              </ActionButton>
            ) : null}
          </div>
        )}
        {copy !== null && place !== 'browser' ? (
          <p className="settings__why">{w('data.no-file')}</p>
        ) : null}
      </div>
    </Group>
  )
}

const fileName = ({ exportedAt }: PersonCopy) => `sealcard-${exportedAt.slice(0, 10)}.json`

const Tables = ({ copy }: { copy: PersonCopy }) => {
  const { t } = useWords()
  const { tables, rows } = summaryOf(copy, t)
  return (
    <>
      <Line label={t('data.summary', { n: rows, time: formatTime(copy.exportedAt) })} />
      {tables.map(({ name, heading, rows, text }) => (
        <Fold key={name} label={heading} value={t('data.rows', { n: rows })}>
          <pre className="settings__data" dir="auto" tabIndex={0} aria-label={heading}>
            {text}
          </pre>
        </Fold>
      ))}
    </>
  )
}
