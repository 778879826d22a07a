import { type TextPart, textParts } from '@sealcard/client'
import { useState } from 'react'
import { useWords } from '../../services'
import { ConfirmSheet } from '../../ui/confirm-sheet'
import { Paragraphs } from '../../ui/paragraphs'

/** A card's words, whose links can be followed. First the reader sees where one leads. */
export const LinkedText = ({ text }: { text: string }) => {
  const { t, w } = useWords()
  const [link, setLink] = useState<TextPart | null>(null)
  return (
    <>
      <p className="opened__body">
        <Paragraphs
          text={text}
          line={(words) =>
            textParts(words).map((part, i) =>
              part.host ? (
                <a
                  key={i}
                  href={part.text}
                  target="_blank"
                  rel="noopener noreferrer"
                  onClick={(event) => {
                    event.preventDefault()
                    setLink(part)
                  }}
                >
                  {part.text}
                </a>
              ) : (
                part.text
              ),
            )
          }
        />
      </p>
      {link ? (
        <ConfirmSheet
          title={w('link.leave', { host: link.host ?? '' })}
          text={link.text}
          kind="primary"
          confirm={w('link.go')}
          cancel={t('common.cancel')}
          onConfirm={() => {
            setLink(null)
            window.open(link.text, '_blank', 'noopener,noreferrer')
          }}
          onCancel={() => {
            setLink(null)
          }}
        />
      ) : null}
    </>
  )
}
