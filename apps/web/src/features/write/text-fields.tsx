import { BODY_MAX, count, TITLE_MAX, type Draft } from '@sealcard/client'
import { useEffect, useRef } from 'react'
import { useWords } from '../../services'

interface Props {
  draft: Draft
  onChange: (part: Partial<Draft>) => void
  /** The title is not accepted. */
  titleWrong: boolean
  bodyWrong: boolean
}

// No `maxLength` that cuts: what is pasted stays, and the count says by how much it is too long.
export const TextFields = ({ draft, onChange, titleWrong, bodyWrong }: Props) => {
  const { t } = useWords()
  const area = useRef<HTMLTextAreaElement>(null)
  useEffect(() => {
    const { current } = area
    if (!current) return
    current.style.height = 'auto'
    current.style.height = `${current.scrollHeight}px`
  }, [draft.body])
  return (
    <div className="group">
      <div className="group__lines">
        <div className="field">
          <FieldHead
            id="title"
            label={t('write.field-title')}
            used={count(draft.title)}
            max={TITLE_MAX}
          />
          <input
            id="title"
            className="field__input"
            dir="auto"
            autoComplete="off"
            value={draft.title}
            placeholder={t('write.title-hint')}
            aria-describedby="title-count"
            aria-invalid={titleWrong || undefined}
            onChange={(event) => {
              onChange({ title: event.target.value })
            }}
          />
        </div>
        <div className="field">
          <FieldHead
            id="body"
            label={t('write.field-body')}
            used={count(draft.body)}
            max={BODY_MAX}
          />
          <textarea
            ref={area}
            id="body"
            className="field__input field__area"
            dir="auto"
            rows={6}
            value={draft.body}
            placeholder={t('write.body-hint')}
            aria-describedby="body-count"
            aria-invalid={bodyWrong || undefined}
            onChange={(event) => {
              onChange({ body: event.target.value })
            }}
          />
        </div>
      </div>
    </div>
  )
}

interface HeadProps {
  id: string
  label: string
  used: number
  max: number
}

const FieldHead = ({ id, label, used, max }: HeadProps) => {
  const { t } = useWords()
  return (
    <div className="field__head">
      <label htmlFor={id}>{label}</label>
      <span id={`${id}-count`} className={used > max ? 'field__count--over' : ''}>
        {`${used > max ? '! ' : ''}${t('write.count', { n: used, max })}`}
      </span>
    </div>
  )
}
