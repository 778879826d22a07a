interface Props {
  icon: string
  text: string
  tone?: 'plain' | 'good' | 'warn' | 'bad'
}

/** One sentence that matters, with a sign in front: the tone is never in the colour alone. */
export const Banner = ({ icon, text, tone = 'plain' }: Props) => (
  <p className={`banner banner--${tone}`} role={tone === 'plain' ? undefined : 'status'}>
    <span className="banner__icon" aria-hidden="true">
      {icon}
    </span>
    <span className="banner__text">{text}</span>
  </p>
)
