import type { Named as NamedThing } from '@sealcard/protocol'
import { Link } from 'react-router'
import { sharedWords } from '../i18n/shared-words'
import { useWords } from '../i18n/words'
import { Copy } from './copy'
import { Person } from './person'

interface Props {
  what: NamedThing
  /** Within a sentence, not at its beginning. */
  inside?: boolean
}

/** Whom or what an id of the audit names. A person and a card lead to their pages. */
export const Named = ({ what: { kind, id, name, nameFrom, code }, inside = false }: Props) => {
  const t = useWords(sharedWords)
  const where = inside ? '-inside' : ''
  switch (kind) {
    case 'person':
      return <Person id={id} name={name} nameFrom={nameFrom} code={code} />
    case 'card':
      return (
        <Link to={`/cards?open=${encodeURIComponent(id)}`}>
          <bdi>{name ?? t('card.erased')}</bdi>
        </Link>
      )
    case 'administrator':
      return <>{t(`named.administrator${where}`, { name: name ?? id })}</>
    case 'token':
      return <>{t(`named.token${where}`, { name: name ?? id })}</>
    case 'system':
      return <>{t(`named.system${where}`)}</>
    case 'other':
      return id === '' ? <>—</> : <Copy text={id} short={12} />
  }
}
