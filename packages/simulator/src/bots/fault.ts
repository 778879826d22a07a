import type { Complaint, Exchange } from '../world/bot-types.js'

/** The bot answered in a way that the platform does not take. `exchange` is absent for the URL check. */
export class BotReplyFault extends Error {
  readonly clause: string
  constructor(
    readonly complaints: Complaint[],
    readonly exchange?: Exchange,
  ) {
    super(complaints.map(describeComplaint).join('; '))
    this.name = 'BotReplyFault'
    this.clause = complaints[0]?.clause ?? ''
  }
}

/** What no WeCom client would send: voice in a group, a fourth message at once. */
export class BotSendRefused extends Error {
  constructor(
    readonly clause: string,
    message: string,
  ) {
    super(`${clause}: ${message}`)
    this.name = 'BotSendRefused'
  }
}

export const describeComplaint = ({ clause, path, message }: Complaint): string =>
  `${clause} ${path === '' ? '' : `${path}: `}${message}`

export const complaint = (clause: string, path: string, message: string): Complaint => ({
  clause,
  path,
  message,
})
