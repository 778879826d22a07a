import type { BotCard, BotTarget } from '../../../src/contract.js'
import type { Words } from '../words.js'
import { BotCardForm, type Pressed } from './bot-card-form.js'

export interface BotCardProps {
  card: BotCard
  words: Words
  press: (pressed: Pressed) => Promise<unknown>
  ask: (question: string) => void
  openPage: (target: BotTarget) => void
}

const Titled = ({ part, name }: { part: BotCard['main_title']; name: string }) =>
  part && (part.title || part.desc) ? (
    <div className={name}>
      {part.title && <strong>{part.title}</strong>}
      {part.desc && <span>{part.desc}</span>}
    </div>
  ) : null

/** A bot's link may lead to the web, and not into this page. */
const web = (url = ''): string | undefined => (/^https?:\/\//.test(url) ? url : undefined)

/** What a target is called and does: a page of the mini-program, or a web page. */
const Link = ({
  target,
  label,
  openPage,
}: {
  target: BotTarget
  label: string
  openPage: (target: BotTarget) => void
}) =>
  target.type === 1 ? (
    <a className="bot-link" href={web(target.url)} target="_blank" rel="noreferrer">
      {label}
    </a>
  ) : (
    <button type="button" className="bot-link" onClick={() => openPage(target)}>
      {label}
    </button>
  )

const leads = ({ type }: BotTarget): boolean => type === 1 || type === 2

/** A template card of any of the five kinds (Q29). */
export const BotCardView = ({ card, words, press, ask, openPage }: BotCardProps) => {
  const { card_action: action, image_text_area: area, card_image: image, quote_area: quote } = card
  const rows = card.horizontal_content_list ?? []
  const jumps = card.jump_list ?? []
  return (
    <article className="bot-card" aria-label={card.main_title?.title ?? card.sub_title_text}>
      {card.source?.desc && <p className="bot-source">{card.source.desc}</p>}
      <Titled part={card.main_title} name="bot-title" />
      <Titled part={card.emphasis_content} name="bot-emphasis" />
      {image && <img className="bot-image" src={image.url} alt="" />}
      {area && (
        <div className="bot-area">
          <img src={area.image_url} alt="" />
          <Titled part={area} name="bot-title" />
          {leads(area) && <Link target={area} label={words.openInMini} openPage={openPage} />}
        </div>
      )}
      {quote && (
        <blockquote className="bot-quote">
          {quote.title && <strong>{quote.title}</strong>}
          {quote.quote_text && <span>{quote.quote_text}</span>}
        </blockquote>
      )}
      {card.sub_title_text && <p className="bot-text">{card.sub_title_text}</p>}
      {card.vertical_content_list?.map((part, n) => (
        <Titled key={n} part={part} name="bot-title is-part" />
      ))}
      {rows.length > 0 && (
        <dl className="bot-rows">
          {rows.map(({ keyname, value, type, url }, n) => (
            <div key={n}>
              <dt>{keyname}</dt>
              <dd>
                {type === 1 ? (
                  <a href={web(url)} target="_blank" rel="noreferrer">
                    {value}
                  </a>
                ) : (
                  value
                )}
              </dd>
            </div>
          ))}
        </dl>
      )}
      <BotCardForm card={card} press={press} />
      {jumps.map((jump, n) =>
        jump.type === 3 ? (
          <button
            key={n}
            type="button"
            className="bot-link"
            onClick={() => ask(jump.question ?? '')}
          >
            {jump.title}
          </button>
        ) : leads(jump) ? (
          <Link key={n} target={jump} label={jump.title} openPage={openPage} />
        ) : (
          <p key={n} className="bot-source">
            {jump.title}
          </p>
        ),
      )}
      {action && leads(action) && (
        <Link
          target={action}
          label={action.type === 1 ? words.openLink : words.openInMini}
          openPage={openPage}
        />
      )}
    </article>
  )
}
