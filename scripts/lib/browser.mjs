import { existsSync } from 'node:fs'

const PLACES = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome-stable',
  '/usr/bin/google-chrome',
  '/snap/bin/chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
]

/** The Chromium that the browser tests drive, or null. `CHROMIUM_PATH` goes first. */
export const findBrowser = (env = process.env) =>
  [env.CHROMIUM_PATH, ...PLACES].find((place) => place && existsSync(place)) ?? null

export const HOW_TO_GET_A_BROWSER =
  'install Chromium or Chrome (Debian, Ubuntu: apt-get install chromium), or set CHROMIUM_PATH'
