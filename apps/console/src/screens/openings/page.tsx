export { OpeningsPage as default } from './openings-page'
