/**
 * Ids with one certain outcome, in any world. Give one to a person or a chat of your own, and play the case that is hard to
 * bring about. Everything else of them is as usual. SIM: none of these exists on a platform.
 */
export const MAGIC = {
  /** A person who is never a recipient. */
  refusedPerson: 'magic-refused',
  /** A group: whoever opens a card in it, besides its sharer, has been removed when the client verifies. */
  removingGroup: 'magic-removed',
  /** A WeChat chat whose cards were declared 121 days ago when the client verifies: one day after the window (C3). */
  agedChat: 'magic-121-days',
  /** A person whose phones get no ticket from any card. */
  ticketlessPerson: 'magic-no-ticket',
  /** A person whose session key rotates once in each life of a mini-program: between the login and the first proof. */
  rotatedPerson: 'magic-rotated',
} as const
