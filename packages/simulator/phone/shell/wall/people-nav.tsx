import type { Person, PhoneView } from '../../../src/contract.js'
import { usePreferences } from '../preferences.js'

interface Props {
  people: Person[]
  phones: PhoneView[]
  chosen: string
  choose: (phone: string) => void
}

/** Everybody, and the way to each phone of theirs. On a small screen it chooses the one that is shown. */
export const PeopleNav = ({ people, phones, chosen, choose }: Props) => {
  const { words } = usePreferences()
  return (
    <nav className="people" aria-label={words.peopleNav}>
      <h2>{words.peopleNav}</h2>
      <ul>
        {people.map((person) => (
          <li key={person.id}>
            <strong>{person.name}</strong>
            <ul>
              {phones
                .filter((phone) => phone.person === person.id)
                .map((phone) => (
                  <li key={phone.id}>
                    <a
                      href={`#phone-${phone.id}`}
                      aria-current={phone.id === chosen ? 'true' : undefined}
                      onClick={() => choose(phone.id)}
                    >
                      {words[phone.client]} {phone.version}
                    </a>
                  </li>
                ))}
            </ul>
          </li>
        ))}
      </ul>
    </nav>
  )
}
