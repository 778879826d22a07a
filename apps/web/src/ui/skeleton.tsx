/** Stands where lines will be, and says that they are coming. */
export const Skeleton = ({ label, lines = 3 }: { label: string; lines?: number }) => (
  <div role="status" aria-label={label}>
    {Array.from({ length: lines }, (_, i) => (
      <div key={i} className="bones__block" aria-hidden="true">
        <div className="skeleton bones__wide" />
        <div className="skeleton bones__narrow" />
      </div>
    ))}
  </div>
)
