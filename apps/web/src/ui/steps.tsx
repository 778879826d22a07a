/** What a person can do, in order; nothing when there is nothing. */
export const Steps = ({ title, steps }: { title: string; steps: readonly string[] }) =>
  steps.length === 0 ? null : (
    <section className="group">
      <h2 className="group__title">{title}</h2>
      <ol className="group__lines steps">
        {steps.map((step) => (
          <li key={step} className="step">
            {step}
          </li>
        ))}
      </ol>
    </section>
  )
