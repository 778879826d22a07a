/**
 * Which directives of the page's Content-Security-Policy refused something since the page began.
 * @returns their names, without what was refused
 */
export const policyViolations = (page: Document): (() => string[]) => {
  const seen = new Set<string>()
  page.addEventListener('securitypolicyviolation', ({ effectiveDirective }) => {
    seen.add(effectiveDirective)
  })
  return () => [...seen]
}
