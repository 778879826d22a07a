import type { CardRules } from '@sealcard/protocol'
import { Checkbox, InputNumber, Select } from 'antd'
import { useWords } from '../../i18n/words'
import { Field } from '../../ui/field'
import { withRule } from './rules'
import { policyWords } from './words'

interface Props {
  rules: CardRules
  disabled: boolean
  change: (rules: CardRules) => void
}

const LIMITS = [
  ['maxLifeDays', 3650],
  ['maxViewers', 100_000],
  ['maxOpensPerViewer', 100_000],
] as const
const SWITCHES = ['watermark', 'noCopy'] as const
const MAKERS = ['everyone', 'listed', 'nobody'] as const

/** The rules of one scope. A field that is empty limits nothing. */
export const RulesForm = ({ rules, disabled, change }: Props) => {
  const t = useWords(policyWords)
  return (
    <>
      {LIMITS.map(([field, most]) => (
        <Field
          key={field}
          label={t(`rule.${field}`)}
          hint={field === 'maxLifeDays' ? t('rule.maxLifeDays-hint') : undefined}
        >
          {(id, hint) => (
            <InputNumber
              id={id}
              aria-describedby={hint}
              disabled={disabled}
              min={1}
              max={most}
              precision={0}
              placeholder={t('unlimited')}
              style={{ width: 200 }}
              value={rules[field] ?? null}
              onChange={(value) => {
                change(withRule(rules, { [field]: value }))
              }}
            />
          )}
        </Field>
      ))}
      <Field label={t('rule.mayMake')}>
        {(id) => (
          <Select
            id={id}
            aria-label={t('rule.mayMake')}
            disabled={disabled}
            style={{ width: 200 }}
            value={rules.mayMake ?? 'everyone'}
            options={MAKERS.map((one) => ({ value: one, label: t(`make.${one}`) }))}
            onChange={(value) => {
              change(withRule(rules, { mayMake: value === 'everyone' ? undefined : value }))
            }}
          />
        )}
      </Field>
      {SWITCHES.map((field) => (
        <div key={field}>
          <Checkbox
            disabled={disabled}
            checked={rules[field] ?? false}
            onChange={({ target }) => {
              change(withRule(rules, { [field]: target.checked }))
            }}
          >
            {t(`rule.${field}`)}
          </Checkbox>
        </div>
      ))}
    </>
  )
}
