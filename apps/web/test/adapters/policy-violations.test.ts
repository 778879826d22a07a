import { policyViolations } from '../../src/adapters/policy-violations'

it('names each directive once, and nothing of what was refused', () => {
  const blocked = policyViolations(document)
  expect(blocked()).toEqual([])
  for (const effectiveDirective of ['script-src-elem', 'img-src', 'img-src']) {
    const refused = { effectiveDirective, blockedURI: 'https://evil.example/secret' }
    document.dispatchEvent(Object.assign(new Event('securitypolicyviolation'), refused))
  }
  expect(blocked()).toEqual(['script-src-elem', 'img-src'])
})
