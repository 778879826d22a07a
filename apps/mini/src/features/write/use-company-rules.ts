import type { MemberPolicy } from '@sealcard/protocol'
import { useEffect, useState } from 'react'
import { services } from '../../services'

export interface CompanyRules {
  /** Null while unknown: then the BFF alone judges, as it does in any case. */
  rules: MemberPolicy | null
  /** They were asked for, and did not come. */
  missing: boolean
}

/** The company's rules for new cards. */
export const useCompanyRules = (): CompanyRules => {
  const [known, setKnown] = useState<CompanyRules>({ rules: null, missing: false })
  useEffect(() => {
    let here = true
    const { client } = services()
    client.getPolicy().then(
      (rules) => here && setKnown({ rules, missing: false }),
      () => here && setKnown({ rules: null, missing: true }),
    )
    return () => {
      here = false
    }
  }, [])
  return known
}
