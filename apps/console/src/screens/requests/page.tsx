export { RequestsPage as default } from './requests-page'
