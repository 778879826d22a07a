import type { AppConfig } from '../../core/config/config.js'

/**
 * The spelling under which a platform's name for a person is compared. WeCom's userids do not differ by case (path/90195);
 * whether login, callback and proof spell one alike is UNCONFIRMED. WeChat's openids do differ by it. ASCII alone, which
 * userids are made of: to fold more would take other signs for letters of theirs.
 */
export const comparable = (platform: AppConfig['platform'], viewerKey: string): string =>
  platform === 'wecom' ? viewerKey.replace(/[A-Z]/g, (letter) => letter.toLowerCase()) : viewerKey
