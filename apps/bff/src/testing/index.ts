export * from './instant-timers.js'
export * from './manual-clock.js'
export * from './seeded-random.js'
export * from './sample-config.js'
