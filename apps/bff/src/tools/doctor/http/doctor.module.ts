import { Module } from '@nestjs/common'
import { AdminModule } from '../../../admin/admin.module.js'
import { Platforms } from '../../../platforms/registry/platforms.js'
import { systemOutside } from '../adapters/system-outside.js'
import { DOCTOR_OUTSIDE, DoctorController, DoctorService } from './doctor.controller.js'

/** What `sealcard doctor` finds, for administrators of a running service. */
@Module({
  imports: [AdminModule],
  controllers: [DoctorController],
  providers: [
    DoctorService,
    {
      provide: DOCTOR_OUTSIDE,
      useFactory: ({ all }: Platforms) => systemOutside(all),
      inject: [Platforms],
    },
  ],
})
export class DoctorModule {}
