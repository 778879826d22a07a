import type { Refusal } from '../contract.js'

/** Something that was asked of the world through the control plane or a phone, and cannot be. */
export class WorldProblem extends Error {
  constructor(
    readonly error: Refusal['error'],
    message: string,
    readonly issues?: { path: string; message: string }[],
  ) {
    super(message)
  }
}

export const badInput = (path: string, message: string): WorldProblem =>
  new WorldProblem('bad_input', `${path}: ${message}`, [{ path, message }])
export const notFound = (what: string, id: string): WorldProblem =>
  new WorldProblem('not_found', `There is no ${what} ${JSON.stringify(id)}.`)
export const refused = (message: string): WorldProblem => new WorldProblem('refused', message)
