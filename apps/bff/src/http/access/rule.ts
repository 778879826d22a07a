import { Reflector } from '@nestjs/core'
import type { Permission } from './roles.js'

/**
 * Who may call a route. `anyone`: no identity needed. `member`: a live session of a viewer. `bot`: whoever signs with
 * the bot's keys. `administrator`: any live administrator, whatever the role. Otherwise what an administrator's role
 * must permit.
 */
export type AccessRule = 'anyone' | 'member' | 'bot' | 'administrator' | Permission

/** On a controller or a route; the route's own counts. A route without a rule is refused, and a test says so. */
export const Rule = Reflector.createDecorator<AccessRule>()
