/**
 * `opened`: for the first time. `readers`: later readers, each for the first time. `asked`: for access. `late`: a recipient
 * came too late. `refused`: somebody who proved nothing.
 */
export type CardEventKind = 'opened' | 'readers' | 'asked' | 'late' | 'refused' | 'expiring'
