export { HealthPage as default } from './health-page'
