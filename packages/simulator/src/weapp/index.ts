export { buildWeapp, type WeappBundle } from './build-weapp.js'
export type { AppJson, SubPackage } from './app-json.js'
export { WeappBuildError, describeProblem, type WeappProblem } from './problem.js'
