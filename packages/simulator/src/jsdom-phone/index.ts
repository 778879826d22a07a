export { openJsdomPhone, type JsdomPhone, type JsdomPhoneOptions } from './open-jsdom-phone.js'
export { simulatorLink, type PhoneLink } from './link.js'
