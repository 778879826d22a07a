import type { AdminSession, Enrolment } from '@sealcard/protocol'
import { Alert, Button, Flex, Input, QRCode, Typography } from 'antd'
import { type SyntheticEvent, useEffect, useRef, useState } from 'react'
import { useMutation } from '@tanstack/react-query'
import type { ApiFailure } from '../api/failure'
import { useWords } from '../i18n/words'
import { useServices } from '../services'
import { Copy } from '../ui/copy'
import { FailureNotice } from '../ui/failure-notice'
import { Field } from '../ui/field'
import { sessionWords } from './words'

/** @param password known already: the secret shows at once */
export const EnrolForm = ({ password: known }: { password?: string }) => {
  const { api, sessions } = useServices()
  const t = useWords(sessionWords)
  const [password, setPassword] = useState('')
  const [totp, setTotp] = useState('')
  const begin = useMutation<Enrolment, ApiFailure, string>({
    mutationFn: (given) => api.send('POST', 'session/totp', { password: given }),
  })
  const confirm = useMutation<AdminSession, ApiFailure, string>({
    mutationFn: (code) => api.send('POST', 'session/totp/confirmation', { totp: code }),
    onSuccess: (session) => {
      sessions.replace(session)
    },
    onError: () => {
      setTotp('')
    },
  })
  const began = useRef(false)
  const { mutate } = begin
  useEffect(() => {
    if (known === undefined || began.current) return
    began.current = true
    mutate(known)
  }, [known, mutate])

  const submit = (event: SyntheticEvent) => {
    event.preventDefault()
    if (begin.data) confirm.mutate(totp.replace(/\s/g, ''))
    else begin.mutate(password)
  }
  const error = begin.error ?? confirm.error
  return (
    <form onSubmit={submit}>
      <Typography.Paragraph type="secondary">{t('enrol.why')}</Typography.Paragraph>
      {begin.data ? (
        <>
          <Typography.Paragraph>{t('enrol.scan')}</Typography.Paragraph>
          <Flex gap={16} align="center" wrap style={{ marginBottom: 16 }}>
            <div role="img" aria-label={t('enrol.picture')}>
              <div aria-hidden>
                <QRCode type="svg" value={begin.data.uri} size={168} color="#000" bgColor="#fff" />
              </div>
            </div>
            <Copy text={begin.data.secret} />
          </Flex>
          <Field label={t('enrol.code')}>
            {(id) => (
              <Input
                id={id}
                autoFocus
                autoComplete="one-time-code"
                inputMode="numeric"
                maxLength={7}
                value={totp}
                onChange={(event) => {
                  setTotp(event.target.value)
                }}
              />
            )}
          </Field>
        </>
      ) : (
        known === undefined && (
          <Field label={t('enrol.password')}>
            {(id) => (
              <Input.Password
                id={id}
                autoFocus
                autoComplete="current-password"
                value={password}
                onChange={(event) => {
                  setPassword(event.target.value)
                }}
              />
            )}
          </Field>
        )
      )}
      {error &&
        (error.code === 'ERR_LOGIN_REJECTED' ? (
          <Alert type="error" showIcon role="alert" title={t('enrol.wrong')} />
        ) : (
          <FailureNotice error={error} />
        ))}
      <Button
        type="primary"
        htmlType="submit"
        loading={begin.isPending || confirm.isPending}
        disabled={begin.data ? totp.trim() === '' : password === ''}
        style={{ marginTop: 12 }}
      >
        {begin.data ? t('enrol.confirm') : t('enrol.begin')}
      </Button>
    </form>
  )
}
