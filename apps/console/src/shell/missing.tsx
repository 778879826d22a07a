import { Button, Typography } from 'antd'
import type { ReactNode } from 'react'
import { Link, useRouteError } from 'react-router'
import { useWords } from '../i18n/words'
import { PageHeader } from '../ui/page-header'
import { shellWords } from '../frame/words'

export const MissingPage = () => {
  const t = useWords(shellWords)
  return (
    <Notice title={t('missing.title')} hint={t('missing.hint')}>
      <Link to="/">{t('missing.home')}</Link>
    </Notice>
  )
}

/** A screen that threw, or whose code did not arrive: after an update of the service its files have other names. */
export const CrashedPage = () => {
  const t = useWords(shellWords)
  const error = useRouteError()
  return (
    <Notice title={t('crash.title')} hint={t('crash.hint')}>
      <pre className="mono">{String(error)}</pre>
      <Button
        type="primary"
        onClick={() => {
          window.location.reload()
        }}
      >
        {t('crash.reload')}
      </Button>
    </Notice>
  )
}

const Notice = ({
  title,
  hint,
  children,
}: {
  title: string
  hint: string
  children: ReactNode
}) => (
  <>
    <PageHeader title={title} />
    <Typography.Paragraph>{hint}</Typography.Paragraph>
    {children}
  </>
)
