import { openActivityId, openShareInfo } from '@sealcard/crypto'

/** What the platform gave the opener's client, as the client sends it. */
export interface Proof {
  readonly encryptedData: string
  readonly iv: string
}

export interface OpenedProof {
  readonly declared: string
  /** Between which bytes of the plaintext it is written. */
  readonly declaredAt: { readonly start: number; readonly end: number }
  /** The person that the platform saw open the card. WeChat does not say. */
  readonly curReceiver?: string
}

export interface PlatformProofs {
  readonly provesReceiver: boolean
  /** The one spelling under which names of a person are compared. */
  comparable(viewerId: string): string
  /** @throws CryptoError for whatever is wrong with the proof */
  open(sessionKey: string, proof: Proof): OpenedProof
}

/** Characters of base64. A longer one is forged, and is refused like one that does not open. */
const LONGEST_SHARE_INFO = 512

const wechat: PlatformProofs = {
  provesReceiver: false,
  comparable: (viewerId) => viewerId,
  open: (sessionKey, proof) => {
    const declared = openActivityId({ sessionKey, ...proof })
    return { declared, declaredAt: { start: 0, end: declared.length } }
  },
}

const wecom: PlatformProofs = {
  provesReceiver: true,
  // WeCom's userids are ASCII and do not differ by case (path/90195).
  comparable: (viewerId) => viewerId.replace(/[A-Z]/g, (letter) => letter.toLowerCase()),
  open: (sessionKey, { encryptedData, iv }) => {
    const genuine = encryptedData.length <= LONGEST_SHARE_INFO ? encryptedData : ''
    const input = { sessionKey, encryptedData: genuine, iv }
    const { state, stateAt, curReceiver } = openShareInfo(input)
    return { declared: state, declaredAt: stateAt, curReceiver }
  },
}

export const PLATFORMS = { wechat, wecom }

export type PlatformName = keyof typeof PLATFORMS
