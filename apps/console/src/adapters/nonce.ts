/** The nonce of the answer that brought this document; style elements need it. The browser hides the attribute, not the property. */
export const styleNonce = (page: Document): string | undefined =>
  page.querySelector<HTMLMetaElement>('meta[property=csp-nonce]')?.nonce || undefined
