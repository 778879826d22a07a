import type { MemberPolicy } from '@sealcard/protocol'
import { useEffect, useState } from 'react'
import { services } from '../../services'

/** The company's rules for new cards, null while unknown: then the BFF alone judges, as it does in any case. */
export const useCompanyRules = (): MemberPolicy | null => {
  const [rules, setRules] = useState<MemberPolicy | null>(null)
  useEffect(() => {
    let here = true
    const { client } = services()
    client.getPolicy().then(
      (answer) => here && setRules(answer),
      () => {},
    )
    return () => {
      here = false
    }
  }, [])
  return rules
}
