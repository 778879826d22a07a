export { AppsPage as default } from './apps-page'
