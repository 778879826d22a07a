export { AdministratorsPage as default } from './administrators-page'
