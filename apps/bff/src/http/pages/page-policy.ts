/**
 * The Content-Security-Policy of a page of ours: everything from one origin, nothing inline, nothing around it.
 * @param moreStyles sources of styles beside the origin, as CSP Level 3 writes them
 */
export const pagePolicy = (...moreStyles: readonly string[]): string =>
  [
    "default-src 'none'",
    "script-src 'self'",
    ["style-src 'self'", ...moreStyles].join(' '),
    "img-src 'self' data:",
    "connect-src 'self'",
    "font-src 'none'",
    "form-action 'none'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ].join(';')
