declare const __SEALCARD_BFF_URL__: string
declare const __SEALCARD_APP_WECHAT__: string
declare const __SEALCARD_APP_WECOM__: string

/** Whom this package talks to; fixed when it is built, see config/index.ts. */
export const site = {
  bffUrl: __SEALCARD_BFF_URL__,
  app: { wechat: __SEALCARD_APP_WECHAT__, wecom: __SEALCARD_APP_WECOM__ },
}
