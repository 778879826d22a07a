import { CopyOutlined } from '@ant-design/icons'
import { App, Button, Tooltip } from 'antd'
import { sharedWords } from '../i18n/shared-words'
import { useWords } from '../i18n/words'
import { useServices } from '../services'

/** Text that people pass on, with a button that copies it. @param short shows only its beginning */
export const Copy = ({ text, short }: { text: string; short?: number }) => {
  const { copy } = useServices()
  const { message } = App.useApp()
  const t = useWords(sharedWords)
  const shown = short !== undefined && text.length > short ? `${text.slice(0, short)}…` : text
  const press = () => {
    copy(text).then(
      () => message.success(t('copied')),
      () => message.error(t('copy.failed')),
    )
  }
  return (
    <span>
      <span className="mono" title={text}>
        {shown}
      </span>
      <Tooltip title={t('copy')}>
        <Button
          type="text"
          size="small"
          icon={<CopyOutlined />}
          aria-label={`${t('copy')} ${text}`}
          onClick={press}
        />
      </Tooltip>
    </span>
  )
}
