import type { NameSource } from '@sealcard/protocol'
import { Link } from 'react-router'
import { sharedWords } from '../i18n/shared-words'
import { useWords } from '../i18n/words'

export interface PersonProps {
  id: string
  name?: string | undefined
  nameFrom?: NameSource | undefined
  code?: string | undefined
}

/** A person: the name and the code, which proves more than a name that the person chose. Leads to the person. */
export const Person = ({ id, name, nameFrom, code }: PersonProps) => {
  const t = useWords(sharedWords)
  return (
    <Link to={`/people?open=${encodeURIComponent(id)}`}>
      {/* A name may be written from right to left. */}
      <bdi>{name ?? t('person.nameless')}</bdi>
      {nameFrom === 'self' && ` (${t('person.self')})`}
      {code !== undefined && <span className="mono"> {code}</span>}
    </Link>
  )
}
