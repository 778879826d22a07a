import { Inject, Injectable } from '@nestjs/common'
import { Column, DataSource, Entity, PrimaryColumn } from 'typeorm'
import { DomainError } from '../../core/errors/domain-error.js'
import { CLOCK, type Clock } from '../../core/ports/clock.js'
import { RANDOM, type Random } from '../../core/ports/random.js'
import { MINUTE } from '../../core/time.js'
import { epoch } from '../../database/columns.js'
import { DataPolicy, Purpose } from '../../database/data-policy.js'
import { Lease } from '../../database/lease.js'
import { isUniqueViolation } from '../../database/storage-error.js'

/** Long work that one process at a time may do. */
@Entity('work_leases')
@DataPolicy({ until: 'service' })
export class MaintenanceLeaseEntity {
  @Purpose('which work')
  @PrimaryColumn({ type: 'varchar', length: 32, primaryKeyConstraintName: 'pk_work_leases' })
  name: string

  @Purpose('which process does it')
  @Column({ type: 'varchar', length: 22, nullable: true })
  owner: string | null

  @Purpose('until when that process may take')
  @Column(epoch('held_until'))
  heldUntil: number
}

/** After a process dies, the others wait this long. */
const LEASE_MS = MINUTE
const lease = new Lease(
  MaintenanceLeaseEntity,
  { owner: 'owner', until: 'heldUntil', never: 0 },
  LEASE_MS,
)

/** Holds a lease in the database while long work runs. */
@Injectable()
export class MaintenanceLease {
  constructor(
    private readonly storage: DataSource,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(RANDOM) private readonly random: Random,
  ) {}

  /**
   * @param work calls its argument now and then, so that the lease lasts as long as the work
   * @throws DomainError ERR_CONFLICT while another process holds the lease; and what `work` throws
   */
  async hold<T>(name: string, work: (renew: () => void) => Promise<T>): Promise<T> {
    const owner = this.random.id()
    await this.#ensureRow(name)
    const { manager } = this.storage
    if (!(await lease.take(manager, { name }, owner, this.clock.now())))
      throw new DomainError('ERR_CONFLICT', `another process holds the lease of ${name}`)
    let until = this.clock.now() + LEASE_MS
    const renew = () => {
      const now = this.clock.now()
      if (until - now > LEASE_MS / 2) return
      until = now + LEASE_MS
      // After a failure the next call tries again.
      void lease.renew(manager, { name }, owner, now).catch(() => (until = now))
    }
    try {
      return await work(renew)
    } finally {
      await lease.release(manager, { name }, owner).catch(() => {})
    }
  }

  async #ensureRow(name: string): Promise<void> {
    const { manager } = this.storage
    if (await manager.existsBy(MaintenanceLeaseEntity, { name })) return
    await manager
      .insert(MaintenanceLeaseEntity, { name, ...lease.free })
      .catch((error: unknown) => {
        if (!isUniqueViolation(error)) throw error
      })
  }
}
