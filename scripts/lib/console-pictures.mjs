import { createRequire } from 'node:module'
import { firstConsoleLink } from './demo-console.mjs'
import { at } from './paths.mjs'

const { TOTP } = createRequire(at('apps/bff/package.json'))('otpauth')
const PASSWORD = 'a password of the pictures'

/**
 * Draws the console over what the demo's people did: the overview, and a card with its readers.
 * @param page a new one @param {string} bffUrl @param {string} token SEALCARD_ADMIN_TOKEN
 * @param {(page: unknown, name: string) => Promise<unknown>} shot
 */
export const drawConsole = async (page, bffUrl, token, shot) => {
  const link = await firstConsoleLink(bffUrl, token)
  // The account is there already, and its second factor is with who drew before.
  if (link === null) return
  await page.goto(link)
  await page.getByLabel('新密码').fill(PASSWORD)
  await page.getByLabel('再输入一次').fill(PASSWORD)
  await page.getByRole('button', { name: '设置密码' }).click()
  const code = page.getByLabel('验证器显示的 6 位数字')
  await code.waitFor()
  const secret = await page.locator('.mono').first().textContent()
  await code.fill(new TOTP({ secret }).generate())
  await page.getByRole('button', { name: '确认' }).click()
  await page.getByRole('button', { name: '进入管理后台' }).click()
  await page.getByText('最近动态').waitFor()
  await page.getByText('季度奖金').first().waitFor()
  await shot(page, 'console')
  await page.getByRole('link', { name: '季度奖金' }).first().click()
  await page.getByRole('tabpanel').getByRole('link', { name: /陈默/ }).waitFor()
  await shot(page, 'console-card')
}
