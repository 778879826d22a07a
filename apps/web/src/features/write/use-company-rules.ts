import type { MemberPolicy } from '@sealcard/protocol'
import { useEffect, useState } from 'react'
import { useServices } from '../../services'

export interface CompanyRules {
  /** Null while unknown: then the BFF alone judges, as it does in any case. */
  rules: MemberPolicy | null
  /** They were asked for, and did not come. */
  missing: boolean
}

/** The company's rules for new cards. */
export const useCompanyRules = (): CompanyRules => {
  const { client } = useServices()
  const [known, setKnown] = useState<CompanyRules>({ rules: null, missing: false })
  useEffect(() => {
    let here = true
    const know = (rules: CompanyRules) => {
      if (here) setKnown(rules)
    }
    client.getPolicy().then(
      (rules) => know({ rules, missing: false }),
      () => know({ rules: null, missing: true }),
    )
    return () => {
      here = false
    }
  }, [client])
  return known
}
