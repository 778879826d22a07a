/** What happened. Ids are ours; a state, activityId, token or openid never appears. */
export interface Fact {
  readonly kind: string
  readonly actor: string
  readonly subject: string
  readonly decision: string
  readonly reason?: string
}
