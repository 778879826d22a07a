import { describeInChromium } from './in-chromium'

describeInChromium('wecom')
