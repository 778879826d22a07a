import { useState } from 'react'
import type { BotCard, BotSelect } from '../../../src/contract.js'

/** A pressed button, with what was chosen above it. */
export interface Pressed {
  event_key: string
  /** question_key → ids of the chosen options. */
  selected_items?: Record<string, string[]>
}

type Chosen = Record<string, string[]>

/** The choices before the person chooses (Q29: the first option where the bot names none). */
const preset = ({ checkbox, select_list = [], button_selection }: BotCard): Chosen => {
  const selects = [...select_list, ...(button_selection ? [button_selection] : [])]
  const chosen: Chosen = Object.fromEntries(
    selects.map(({ question_key, selected_id, option_list }) => [
      question_key,
      [selected_id || (option_list[0]?.id ?? '')],
    ]),
  )
  if (checkbox) {
    const checked = checkbox.option_list.filter(({ is_checked }) => is_checked).map(({ id }) => id)
    chosen[checkbox.question_key] = checked
  }
  return chosen
}

/** Choices and buttons of a card; while a press is being answered none can be pressed again. */
export const BotCardForm = ({
  card,
  press,
}: {
  card: BotCard
  press: (pressed: Pressed) => Promise<unknown>
}) => {
  const [chosen, setChosen] = useState(() => preset(card))
  const [busy, setBusy] = useState(false)
  const choose = (question: string, ids: string[]) =>
    setChosen((before) => ({ ...before, [question]: ids }))
  const { checkbox, submit_button: submit, action_menu: menu, button_selection: above } = card
  const selects = [...(above ? [above] : []), ...(card.select_list ?? [])]
  const buttons = [
    ...(card.button_list ?? []).map(({ style = 1, ...button }) => ({ ...button, style })),
    ...(submit ? [{ ...submit, style: 1 }] : []),
    ...(menu?.action_list ?? []).map((action) => ({ ...action, style: 4 })),
  ]
  const tap = (event_key: string) => {
    setBusy(true)
    const selected = Object.keys(chosen).length > 0 ? { selected_items: chosen } : {}
    void press({ event_key, ...selected }).finally(() => setBusy(false))
  }
  return (
    <>
      {checkbox && (
        <fieldset className="bot-choices" disabled={busy || checkbox.disable === true}>
          {checkbox.option_list.map(({ id, text }) => {
            const ids = chosen[checkbox.question_key] ?? []
            const on = ids.includes(id)
            const next = on ? ids.filter((one) => one !== id) : [...ids, id]
            const many = checkbox.mode === 1
            return (
              <label key={id}>
                <input
                  type={many ? 'checkbox' : 'radio'}
                  checked={on}
                  onChange={() => choose(checkbox.question_key, many ? next : [id])}
                />
                {text}
              </label>
            )
          })}
        </fieldset>
      )}
      {selects.map((select) => (
        <Select
          key={select.question_key}
          select={select}
          busy={busy}
          value={chosen[select.question_key]?.[0] ?? ''}
          choose={(option) => choose(select.question_key, [option])}
        />
      ))}
      {buttons.length > 0 && (
        <div className="bot-buttons">
          {buttons.map(({ key, text, style }) => (
            <button
              key={key}
              type="button"
              data-style={style}
              disabled={busy}
              onClick={() => tap(key)}
            >
              {text}
            </button>
          ))}
        </div>
      )}
    </>
  )
}

const Select = ({
  select,
  value,
  busy,
  choose,
}: {
  select: BotSelect
  value: string
  busy: boolean
  choose: (option: string) => void
}) => (
  <label className="bot-select">
    {select.title}
    <select
      value={value}
      disabled={busy || select.disable === true}
      onChange={(event) => choose(event.target.value)}
    >
      {select.option_list.map(({ id, text }) => (
        <option key={id} value={id}>
          {text}
        </option>
      ))}
    </select>
  </label>
)
