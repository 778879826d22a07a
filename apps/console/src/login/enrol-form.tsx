import type { AdminSession, BeginEnrolment, Enrolment } from '@sealcard/protocol'
import { Button, Flex, Input, QRCode, Typography } from 'antd'
import { type SyntheticEvent, useEffect, useRef, useState } from 'react'
import { useMutation } from '@tanstack/react-query'
import type { ApiFailure } from '../api/failure'
import { useWords } from '../i18n/words'
import { useServices } from '../services'
import { Copy } from '../ui/copy'
import { Field } from '../ui/field'
import { CodeField } from './code-field'
import { LoginFailure } from './login-failure'
import { sessionWords } from './words'

interface Props {
  /** The password is known already: the secret shows at once. */
  password?: string
  /** The account has a second factor, which the new one replaces. Its code is asked for, too. */
  replaces?: boolean
  /** The new one counts. */
  done?: () => void
}

/** A second factor: password, picture to scan, and a code of it. */
export const EnrolForm = ({ password: known, replaces = false, done }: Props) => {
  const { api, sessions } = useServices()
  const t = useWords(sessionWords)
  const [password, setPassword] = useState('')
  const [old, setOld] = useState('')
  const [totp, setTotp] = useState('')
  const begin = useMutation<Enrolment, ApiFailure, BeginEnrolment>({
    mutationFn: (given) => api.send('POST', 'session/totp', given),
    onError: () => {
      // A code works once.
      setOld('')
    },
  })
  const confirm = useMutation<AdminSession, ApiFailure, string>({
    mutationFn: (code) => api.send('POST', 'session/totp/confirmation', { totp: code }),
    onSuccess: (session) => {
      sessions.replace(session)
      done?.()
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
    mutate({ password: known })
  }, [known, mutate])

  const submit = (event: SyntheticEvent) => {
    event.preventDefault()
    if (begin.data) confirm.mutate(totp)
    else begin.mutate({ password, ...(replaces && { totp: old }) })
  }
  const ready = begin.data ? totp !== '' : password !== '' && (!replaces || old !== '')
  return (
    <form onSubmit={submit}>
      {!replaces && <Typography.Paragraph type="secondary">{t('enrol.why')}</Typography.Paragraph>}
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
          <CodeField label={t('enrol.code')} code={totp} change={setTotp} autoFocus />
        </>
      ) : (
        known === undefined && (
          <>
            <Field label={t('enrol.password')}>
              {(id) => (
                <Input.Password
                  id={id}
                  autoFocus={!replaces}
                  autoComplete="current-password"
                  value={password}
                  onChange={(event) => {
                    setPassword(event.target.value)
                  }}
                />
              )}
            </Field>
            {replaces && <CodeField label={t('enrol.old-code')} code={old} change={setOld} />}
          </>
        )
      )}
      <LoginFailure error={begin.error ?? confirm.error} rejected={t('enrol.wrong')} />
      <Button
        type="primary"
        htmlType="submit"
        loading={begin.isPending || confirm.isPending}
        disabled={!ready}
        style={{ marginTop: 12 }}
      >
        {begin.data ? t('enrol.confirm') : t('enrol.begin')}
      </Button>
    </form>
  )
}
