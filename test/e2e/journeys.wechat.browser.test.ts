import { describeInChromium } from './in-chromium.js'

describeInChromium('wechat')
