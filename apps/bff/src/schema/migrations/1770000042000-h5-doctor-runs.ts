import { Table, TableIndex, type MigrationInterface, type QueryRunner } from 'typeorm'

/** Where the doctor for web pages waits for a sample. */
export class H5DoctorRuns1770000042000 implements MigrationInterface {
  name = 'H5DoctorRuns1770000042000'

  async up(runner: QueryRunner): Promise<void> {
    const columns = [
      {
        name: 'id',
        type: 'varchar',
        length: '22',
        isPrimary: true,
        primaryKeyConstraintName: 'pk_h5_doctor_runs',
      },
      { name: 'app_id', type: 'varchar', length: '64' },
      { name: 'state', type: 'text' },
      { name: 'open_until', type: 'bigint' },
      { name: 'sample', type: 'text', isNullable: true },
      { name: 'viewer_id', type: 'varchar', length: '22', isNullable: true },
    ]
    await runner.createTable(new Table({ name: 'h5_doctor_runs', columns }))
    await runner.createIndex(
      'h5_doctor_runs',
      new TableIndex({ name: 'ix_h5_doctor_runs_open_until', columnNames: ['open_until'] }),
    )
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable('h5_doctor_runs')
  }
}
