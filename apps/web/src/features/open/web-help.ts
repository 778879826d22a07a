import { helpFor, type Help, type PlainPhrase } from '@sealcard/client'
import type { RefusalKind } from '@sealcard/kit'

/** Inside WeCom's web view there is no other client to go to. Whether a computer's card opens is not known there. */
const STEPS: Partial<Record<RefusalKind, readonly PlainPhrase[]>> = {
  // One fixed list, the same for everyone: it must not hint whether the card exists.
  'not-recipient': ['help.tap-card', 'help.account', 'help.group', 'help.ask-sender'],
  'no-ticket': ['help.tap-card', 'help.not-recent', 'help.own'],
}

/** What an honest recipient can do about a refusal in the web page. */
export const webHelpFor = (kind: RefusalKind): Help => {
  const help = helpFor(kind)
  return { ...help, steps: STEPS[kind] ?? help.steps }
}
