import { DownloadOutlined } from '@ant-design/icons'
import type { Permission } from '@sealcard/protocol/plain'
import { Button, Dropdown } from 'antd'
import { useRef } from 'react'
import type { Query } from '../../api/api'
import { sharedWords } from '../../i18n/shared-words'
import { useWords } from '../../i18n/words'
import { useServices } from '../../services'
import { RoleGate } from '../role-gate'

interface Props {
  /** Below `/v1/admin/`. */
  path: string
  /** The filters of the list. */
  query: Query
  needs: Permission
  /** What the file holds, where it is not the list by its filters. */
  hint?: string
}

/** Saves the whole list as a file, by the filters of the list. */
export const ExportButton = ({ path, query, needs, hint }: Props) => {
  const { api } = useServices()
  const t = useWords(sharedWords)
  const button = useRef<HTMLButtonElement>(null)
  const link = (format: 'csv' | 'jsonl') => ({
    key: format,
    label: (
      <a href={api.address(path, { ...query, format })} download>
        {t(`export.${format}`)}
      </a>
    ),
  })
  return (
    <RoleGate needs={needs}>
      {(disabled) => (
        <Dropdown
          disabled={disabled}
          trigger={['click']}
          autoFocus
          menu={{
            items: [link('csv'), link('jsonl')],
            // Enter reaches the item, not the link in it.
            onClick: ({ domEvent }) => {
              if (domEvent.type !== 'keydown') return
              domEvent.currentTarget.querySelector('a')?.click()
              button.current?.focus()
            },
          }}
        >
          <Button
            ref={button}
            icon={<DownloadOutlined />}
            title={hint ?? t('export.hint')}
            disabled={disabled}
          >
            {t('export')}
          </Button>
        </Dropdown>
      )}
    </RoleGate>
  )
}
