export { buildWeapp, type WeappBundle } from './build-weapp.js'
export type { AppJson } from './configs.js'
export { WeappBuildError, describeProblem, type WeappProblem } from './problem.js'
