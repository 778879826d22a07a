/**
 * What the client puts into a web page before the page's own scripts: its user agent, and `WeixinJSBridge`. The desk
 * around the frame carries the calls to the simulator, as a client would natively: no policy of the page applies.
 */
import { startBridge } from './bridge.js'

startBridge(window)
