import type { AdminApps, Watermark } from '@sealcard/protocol'
import { Alert, Button, Collapse, Flex, Input, Select, Typography } from 'antd'
import { type SyntheticEvent, useState } from 'react'
import { useRead } from '../../api/hooks'
import { useWords } from '../../i18n/words'
import { FailureNotice } from '../../ui/failure-notice'
import { Field } from '../../ui/field'
import { CardLink } from '../../ui/card-title'
import { Person } from '../../ui/person'
import { Time } from '../../ui/time'
import { useAddress, useAppFilter } from '../../ui/use-address'
import { Decision } from './decision'
import { openingsWords } from './words'

const NAMES = ['mark-app', 'mark-code', 'mark-at'] as const

/** Whose code a photographed screen shows. What is searched stands in the address. */
export const WatermarkSearch = () => {
  const t = useWords(openingsWords)
  const address = useAddress()
  const asked = address.get('mark-code') !== undefined
  return (
    <Collapse
      style={{ marginBottom: 16 }}
      defaultActiveKey={asked ? ['mark'] : []}
      items={[{ key: 'mark', label: t('mark.title'), children: <Search /> }]}
    />
  )
}

const Search = () => {
  const t = useWords(openingsWords)
  const address = useAddress()
  const header = useAppFilter()
  const apps = useRead<AdminApps>('apps').data?.items ?? []
  const [app, code, at] = NAMES.map((name) => address.get(name))
  const [typed, setTyped] = useState({ app, code: code ?? '', at: at ?? '' })
  const chosen = typed.app ?? header ?? apps[0]?.id
  const submit = (event: SyntheticEvent) => {
    event.preventDefault()
    address.set({
      'mark-app': chosen,
      'mark-code': typed.code.trim(),
      'mark-at': typed.at.trim(),
    })
  }
  return (
    <>
      <Typography.Paragraph type="secondary">{t('mark.lead')}</Typography.Paragraph>
      <form onSubmit={submit} role="search" aria-label={t('mark.title')}>
        <Flex gap={12} wrap align="start">
          <Field label={t('mark.app')}>
            {(id) => (
              <Select
                id={id}
                aria-label={t('mark.app')}
                style={{ minWidth: 160 }}
                {...(chosen !== undefined && { value: chosen })}
                options={apps.map((one) => ({ value: one.id, label: one.id }))}
                onChange={(value) => {
                  setTyped({ ...typed, app: value })
                }}
              />
            )}
          </Field>
          <Field label={t('mark.code')}>
            {(id) => (
              <Input
                id={id}
                required
                minLength={6}
                maxLength={16}
                placeholder="7K3Q9F"
                autoComplete="off"
                value={typed.code}
                onChange={(event) => {
                  setTyped({ ...typed, code: event.target.value })
                }}
              />
            )}
          </Field>
          <Field label={t('mark.at')} hint={t('mark.at-hint')}>
            {(id, described) => (
              <Input
                id={id}
                aria-describedby={described}
                value={typed.at}
                onChange={(event) => {
                  setTyped({ ...typed, at: event.target.value })
                }}
              />
            )}
          </Field>
          <Button
            htmlType="submit"
            type="primary"
            disabled={chosen === undefined}
            style={{ marginTop: 26 }}
          >
            {t('mark.find')}
          </Button>
        </Flex>
      </form>
      {app !== undefined && code !== undefined && <Found app={app} code={code} at={at} />}
    </>
  )
}

const Found = ({ app, code, at }: { app: string; code: string; at: string | undefined }) => {
  const t = useWords(openingsWords)
  const { data, error, refetch } = useRead<Watermark>('watermarks', { app, code, at })
  // An unknown code is a mistake of the field that holds it.
  if (error?.issues.some(({ path, message }) => path === 'code' && message.includes('nobody')))
    return <Alert type="info" showIcon title={t('mark.unknown')} />
  if (error) return <FailureNotice error={error} retry={() => void refetch()} />
  if (!data) return null
  const { viewer, openings } = data
  return (
    <section role="status">
      <Typography.Paragraph strong>
        {t('mark.found', { code: viewer.code })} <Person {...viewer} />
      </Typography.Paragraph>
      {openings.length === 0 ? (
        <Typography.Text>{t('mark.no-openings')}</Typography.Text>
      ) : (
        <ul>
          {openings.map((opening) => (
            <li key={opening.id}>
              <Time at={opening.at} full /> <Decision decision={opening.decision} />{' '}
              {opening.card && <CardLink card={opening.card} />}
            </li>
          ))}
        </ul>
      )}
    </section>
  )
}
