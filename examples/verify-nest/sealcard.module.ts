import { type DynamicModule, Module } from '@nestjs/common'
import { createVerifier, type VerifierOptions } from '@sealcard/verify'

/** Inject it: `@Inject(VERIFIER) verifier: Verifier`. */
export const VERIFIER = Symbol('VERIFIER')

@Module({})
export class SealcardModule {
  static forRoot(options: VerifierOptions): DynamicModule {
    const provider = { provide: VERIFIER, useFactory: () => createVerifier(options) }
    return { module: SealcardModule, global: true, providers: [provider], exports: [VERIFIER] }
  }
}
