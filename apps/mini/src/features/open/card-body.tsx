import { type TextPart, textParts } from '@sealcard/client'
import { Text, View } from '@tarojs/components'
import Taro from '@tarojs/taro'
import { useState } from 'react'
import { t, w } from '../../i18n'
import { aria } from '../../ui/aria'
import { Banner } from '../../ui/banner'
import { ConfirmSheet } from '../../ui/confirm-sheet'
import './card-body.css'

/** Words that their sender lets readers copy. A link says where it leads, and its address can be taken along. */
export const CopyableBody = ({ text }: { text: string }) => {
  const [link, setLink] = useState<TextPart | null>(null)
  const [copied, setCopied] = useState<boolean | null>(null)

  const copy = async (address: string) => {
    setLink(null)
    try {
      await Taro.setClipboardData({ data: address })
      setCopied(true)
    } catch {
      setCopied(false)
    }
  }

  return (
    <View>
      <Text className="opened__body" selectable userSelect>
        {textParts(text).map((part, i) =>
          part.host === undefined ? (
            part.text
          ) : (
            <Text
              key={i}
              className="opened__link"
              selectable
              userSelect
              onClick={() => {
                setCopied(null)
                setLink(part)
              }}
              {...aria({ role: 'link', label: part.text })}
            >
              {part.text}
            </Text>
          ),
        )}
      </Text>
      {copied === null ? null : (
        <View className="opened__copied">
          {copied ? (
            <Banner icon="✓" tone="good" text={t('data.copied')} />
          ) : (
            <Banner icon="!" tone="bad" text={t('data.copy-failed')} />
          )}
        </View>
      )}
      {link ? (
        <ConfirmSheet
          id="link"
          kind="primary"
          title={w('link.title', { host: link.host ?? '' })}
          text={`${link.text}\n${w('link.why')}`}
          confirm={w('link.copy')}
          cancel={t('common.cancel')}
          onConfirm={() => void copy(link.text)}
          onCancel={() => setLink(null)}
        />
      ) : null}
    </View>
  )
}
