import { Column, Entity, Index, PrimaryColumn } from 'typeorm'
import { SECOND } from '../../core/time.js'
import { epoch } from '../../database/columns.js'
import { DataPolicy, Purpose } from '../../database/data-policy.js'

/** How long a run stays open after the doctor last said that it waits. */
export const RUN_OPEN_MS = 30 * SECOND

/** The doctor for web pages waits for a sample. While its row is open, two routes answer members. */
@Entity('h5_doctor_runs')
@DataPolicy<DoctorRunEntity>({
  until: 'doctorRun',
  retention: [
    { name: 'h5_doctor_runs', due: [{ since: 'openUntil', ms: 0, latest: 2 * RUN_OPEN_MS }] },
  ],
  erasure: 'columns',
})
@Index('ix_h5_doctor_runs_open_until', ['openUntil'])
export class DoctorRunEntity {
  @Purpose('names the run in the link that the doctor prints')
  @PrimaryColumn({ type: 'varchar', length: 22, primaryKeyConstraintName: 'pk_h5_doctor_runs' })
  id: string

  @Purpose('whose web page is examined')
  @Column({ type: 'varchar', length: 64, name: 'app_id' })
  appId: string

  @Purpose('what the page declares, sealed', { sealed: { for: 'state', toldTo: 'nobody' } })
  @Column({ type: 'text' })
  state: string

  @Purpose('until when members may give a sample')
  @Column(epoch('open_until'))
  openUntil: number

  @Purpose('what the platform gave the opener, sealed, until the doctor takes it', {
    personal: true,
    erased: 'null',
    sealed: { for: 'sample', toldTo: 'nobody' },
  })
  @Column({ type: 'text', nullable: true })
  sample: string | null

  @Purpose('who gave the sample', { person: 'id', erased: 'null' })
  @Column({ type: 'varchar', length: 22, name: 'viewer_id', nullable: true })
  viewerId: string | null
}
