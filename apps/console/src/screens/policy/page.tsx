export { PolicyPage as default } from './policy-page'
