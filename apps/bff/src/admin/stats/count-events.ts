import { Injectable } from '@nestjs/common'
import { DataSource } from 'typeorm'

/** How often something happened in an app; see `DayCountEntity`. */
export interface Count {
  readonly app: string
  readonly what: string
  readonly n: number
}

interface Row {
  app: string
  what: string
  n: number | string
}

/**
 * The app of an opening is the viewer's. After an erasure it is the card's. Only then is the card looked up: the
 * openings of a day name thousands of cards, all over the table.
 */
const OPENINGS = (columns: string) => `SELECT ${columns},
    COALESCE(viewers.app_id, (SELECT cards.app_id FROM cards WHERE cards.id = openings.card_id), '') AS app
  FROM openings LEFT JOIN viewers ON viewers.id = openings.viewer_id
  WHERE openings.at >= :from AND openings.at < :to`

/** Viewers who came in the hours that are already counted do not count again. */
const NEW = `AND NOT EXISTS (SELECT 1 FROM openings AS earlier
  WHERE earlier.viewer_id = openings.viewer_id AND earlier.outcome = 'granted'
    AND earlier.at >= :since AND earlier.at < :from)`

/** Each query reads one range of one index. */
const queries = (onlyNew: boolean) => [
  `SELECT app_id AS app, 'cards.made' AS what, COUNT(*) AS n FROM cards
    WHERE created_at >= :from AND created_at < :to GROUP BY app_id`,
  `SELECT app_id AS app, 'cards.revoked' AS what, COUNT(*) AS n FROM cards
    WHERE revoked_at >= :from AND revoked_at < :to GROUP BY app_id`,
  `SELECT app_id AS app, 'cards.expired' AS what, COUNT(*) AS n FROM cards
    WHERE expires_at >= :from AND expires_at < :to AND (revoked_at IS NULL OR revoked_at >= expires_at)
    GROUP BY app_id`,
  `SELECT app, what, COUNT(*) AS n FROM (
    ${OPENINGS(`outcome || '.' || COALESCE(reason, '') AS what`)}) AS seen GROUP BY app, what`,
  `SELECT app, 'viewers' AS what, COUNT(*) AS n FROM (
    ${OPENINGS('DISTINCT openings.viewer_id AS viewer')} AND openings.outcome = 'granted' ${onlyNew ? NEW : ''}) AS seen
    GROUP BY app`,
]

/** Counts what happened in a stretch of time, by app, from the rows themselves. */
@Injectable()
export class CountEvents {
  constructor(private readonly storage: DataSource) {}

  /**
   * @param from, to milliseconds UTC, `to` excluded; short, because every row in between is read
   * @param since viewers who came from then until `from` are not counted again
   */
  async between(from: number, to: number, since = from): Promise<Count[]> {
    const range = { from, to, since }
    const results = await Promise.all(
      queries(since < from).map(async (sql) => {
        const [text, values] = this.storage.driver.escapeQueryWithParameters(sql, range)
        return this.storage.query<Row[]>(text, values)
      }),
    )
    return results.flat().map(({ app, what, n }) => ({ app, what, n: Number(n) }))
  }
}
