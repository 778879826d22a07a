export * from './clock.js'
export * from './random.js'
export * from './timers.js'
export * from './ports.module.js'
