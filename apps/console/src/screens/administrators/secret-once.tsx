import { Alert, Button, Flex, Modal } from 'antd'
import { useWords } from '../../i18n/words'
import { Copy } from '../../ui/copy'
import { administratorsWords } from './words'

interface Props {
  title: string
  /** What it is, and what to do with it. */
  hint: string
  /** Undefined: nothing to show. */
  secret: string | undefined
  close: () => void
}

/** A secret that is shown once. Only its own button closes it, so that no stray key loses it. */
export const SecretOnce = ({ title, hint, secret, close }: Props) => {
  const t = useWords(administratorsWords)
  // Nothing of it stays in the document afterwards.
  if (secret === undefined) return null
  return (
    <Modal
      open
      title={title}
      closable={false}
      keyboard={false}
      mask={{ closable: false }}
      footer={
        <Button type="primary" onClick={close}>
          {t('secret.done')}
        </Button>
      }
    >
      <Flex vertical gap={12}>
        <Alert type="warning" showIcon title={hint} />
        <div style={{ overflowWrap: 'anywhere' }}>
          <Copy text={secret} />
        </div>
      </Flex>
    </Modal>
  )
}

/** Where the holder of a one-time token sets a password. The token is in the fragment: no server and no log sees it. */
export const setupLink = (token: string): string =>
  `${window.location.origin}/console/setup#${token}`
