import { describeInChromium } from './in-chromium'

describeInChromium('wechat')
