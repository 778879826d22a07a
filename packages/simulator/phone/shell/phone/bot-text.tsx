import { useState } from 'react'
import type { BotLine } from '../../../src/contract.js'
import type { BotCall } from '../api.js'
import type { Words } from '../words.js'

interface Props {
  line: Extract<BotLine, { kind: 'text' }>
  words: Words
  tell: (call: BotCall) => Promise<unknown>
}

/** Q29: what stands between these marks is the bot's reasoning. */
const THINK = /^<think>([\s\S]*?)(?:<\/think>|$)/

/** A text of the bot. A stream grows until it ends; then the person may rate it. */
export const BotText = ({ line, words, tell }: Props) => {
  const [told, setTold] = useState(false)
  const [, reasoning = ''] = THINK.exec(line.text) ?? []
  const text = line.text.replace(THINK, '').trim()
  const { feedback } = line
  const rate = (type: 1 | 2) => () => {
    setTold(true)
    void tell({ kind: 'feedback', id: feedback ?? '', type })
  }
  return (
    <>
      <div className="bubble" aria-busy={line.busy}>
        {reasoning && <p className="bot-thinking">{reasoning.trim()}</p>}
        {text}
        {line.busy && (
          <span className="bot-busy">
            <span className="spinner" aria-hidden="true" /> {words.replying}
          </span>
        )}
      </div>
      {feedback !== null && (
        <div className="bot-rate">
          {told ? (
            <span role="status">{words.thanks}</span>
          ) : (
            <>
              <button type="button" onClick={rate(1)}>
                {words.helpful}
              </button>
              <button type="button" onClick={rate(2)}>
                {words.unhelpful}
              </button>
            </>
          )}
        </div>
      )}
    </>
  )
}
