/** What an administrator may do; a route names one of them as its rule. */
export const PERMISSIONS = ['read', 'revoke', 'audit', 'manage'] as const
export type Permission = (typeof PERMISSIONS)[number]

/** `audit` reads, exports and verifies the audit; `manage` changes policy, accounts, tokens and keys, and erases. */
export const ROLES = {
  admin: ['read', 'revoke', 'audit', 'manage'],
  operator: ['read', 'revoke'],
  auditor: ['read', 'audit'],
} as const satisfies Record<string, readonly Permission[]>
