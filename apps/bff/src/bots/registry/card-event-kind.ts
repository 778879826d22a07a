/** `opened`: for the first time. `readers`: later readers, each for the first time. `asked`: for access. */
export type CardEventKind = 'opened' | 'readers' | 'asked' | 'refused' | 'expiring'
