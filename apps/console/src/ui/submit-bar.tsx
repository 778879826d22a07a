import { App, Button, Flex, theme } from 'antd'
import { useEffect } from 'react'
import { useBlocker } from 'react-router'
import { sharedWords } from '../i18n/shared-words'
import { useWords } from '../i18n/words'

interface Props {
  /** Whether the form differs from what is stored. */
  dirty: boolean
  saving: boolean
  disabled?: boolean
  save: () => void
  reset: () => void
}

/** The one rule of saving: nothing saves by itself; this bar shows while a form differs; leaving asks. */
export const SubmitBar = ({ dirty, saving, disabled, save, reset }: Props) => {
  const t = useWords(sharedWords)
  const { token } = theme.useToken()
  useLeaveGuard(dirty)
  if (!dirty) return null
  return (
    <Flex
      role="region"
      aria-label={t('unsaved')}
      align="center"
      gap={8}
      style={{
        position: 'sticky',
        bottom: 0,
        zIndex: 5,
        marginTop: 16,
        padding: 12,
        background: token.colorBgElevated,
        borderTop: `1px solid ${token.colorBorderSecondary}`,
      }}
    >
      <span style={{ flex: 1 }}>{t('unsaved')}</span>
      <Button onClick={reset} disabled={saving}>
        {t('reset')}
      </Button>
      <Button type="primary" loading={saving} disabled={disabled ?? false} onClick={save}>
        {t('save')}
      </Button>
    </Flex>
  )
}

/** Asks before a form with changes is left: by a link of the console, by Back, or by closing the tab. */
export const useLeaveGuard = (dirty: boolean): void => {
  const t = useWords(sharedWords)
  const { modal } = App.useApp()
  const blocker = useBlocker(
    ({ currentLocation, nextLocation }) =>
      dirty && currentLocation.pathname !== nextLocation.pathname,
  )
  useEffect(() => {
    if (blocker.state !== 'blocked') return
    modal.confirm({
      title: t('leave.title'),
      okText: t('leave.go'),
      okButtonProps: { danger: true },
      cancelText: t('leave.stay'),
      onOk: () => {
        blocker.proceed()
      },
      onCancel: () => {
        blocker.reset()
      },
    })
  }, [blocker, modal, t])
  useEffect(() => {
    if (!dirty) return
    const ask = (event: BeforeUnloadEvent) => {
      event.preventDefault()
    }
    window.addEventListener('beforeunload', ask)
    return () => {
      window.removeEventListener('beforeunload', ask)
    }
  }, [dirty])
}
