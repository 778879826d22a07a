import { screen as overview } from './overview/screen'
import { screen as cards } from './cards/screen'
import { screen as openings } from './openings/screen'
import { screen as people } from './people/screen'
import { screen as requests } from './requests/screen'
import { screen as policy } from './policy/screen'
import { screen as audit } from './audit/screen'
import { screen as apps } from './apps/screen'
import { screen as health } from './health/screen'
import { screen as administrators } from './administrators/screen'
import type { Screen } from './screen'

/** Every screen, in the order of the menu. One line for each. */
export const SCREENS: readonly Screen[] = [
  overview,
  cards,
  openings,
  people,
  requests,
  policy,
  audit,
  apps,
  health,
  administrators,
]
