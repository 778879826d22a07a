import { describeError, formatTime, summaryOf, textOfCopy } from '@sealcard/client'
import { Text, View } from '@tarojs/components'
import type { PersonCopy } from '@sealcard/protocol'
import Taro from '@tarojs/taro'
import { useRef, useState } from 'react'
import { t } from '../../i18n'
import { services } from '../../services'
import { ActionButton } from '../../ui/action-button'
import { Banner } from '../../ui/banner'
import { Fold } from '../../ui/fold'
import { Group, Line } from '../../ui/group'
import './settings.css'

/** A copy of what the service holds about the person: to look at, and to take along by the clipboard. */
export const MyData = () => {
  const [copy, setCopy] = useState<PersonCopy | null>(null)
  const [getting, setGetting] = useState(false)
  const [trouble, setTrouble] = useState<string | null>(null)
  const [copied, setCopied] = useState(false)
  const busy = useRef(false)

  const load = async () => {
    if (busy.current) return
    busy.current = true
    setGetting(true)
    setTrouble(null)
    setCopied(false)
    try {
      setCopy(await services().client.exportMe())
    } catch (error) {
      setTrouble(describeError(error, t).text)
    } finally {
      busy.current = false
      setGetting(false)
    }
  }

  const take = async (from: PersonCopy) => {
    setTrouble(null)
    try {
      await Taro.setClipboardData({ data: textOfCopy(from) })
      setCopied(true)
    } catch {
      setTrouble(t('data.copy-failed'))
    }
  }

  return (
    <View>
      <Group title={t('data.title')} note={t('data.why')}>
        {copy ? <Tables copy={copy} /> : null}
        <View className="settings__block">
          {trouble ? (
            <View className="settings__row">
              <Banner icon="!" tone="bad" text={trouble} />
            </View>
          ) : null}
          {copied ? (
            <View className="settings__row">
              <Banner icon="✓" tone="good" text={t('data.copied')} />
            </View>
          ) : null}
          {copy ? (
            <ActionButton id="data-copy" kind="plain" onClick={() => void take(copy)}>
              {t('data.copy')}
            </ActionButton>
          ) : (
            <ActionButton id="data-get" kind="plain" disabled={getting} onClick={() => void load()}>
              {getting ? t('data.getting') : t('data.get')}
            </ActionButton>
          )}
        </View>
      </Group>
    </View>
  )
}

const Tables = ({ copy }: { copy: PersonCopy }) => {
  const { tables, rows } = summaryOf(copy, t)
  return (
    <View>
      <Line label={t('data.summary', { n: rows, time: formatTime(copy.exportedAt) })} />
      {tables.map(({ name, heading, rows, text }) => (
        <Fold key={name} id={`data-${name}`} label={heading} value={t('data.rows', { n: rows })}>
          <Text className="settings__data" selectable userSelect>
            {text}
          </Text>
        </Fold>
      ))}
    </View>
  )
}
