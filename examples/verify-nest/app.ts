import 'reflect-metadata'
import {
  Body,
  Controller,
  type DynamicModule,
  Headers,
  HttpCode,
  HttpException,
  Inject,
  Module,
  Post,
} from '@nestjs/common'
import { NestFactory } from '@nestjs/core'
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify'
import type { Verifier, VerifierOptions } from '@sealcard/verify'
import { SealcardModule, VERIFIER } from './sealcard.module.js'

export interface Shop {
  /** Your session. @returns the openid, or undefined */
  viewerOf(headers: Record<string, unknown>): string | undefined
  contentOf(cardId: string): unknown
}

const SHOP = Symbol('SHOP')

@Controller('openings')
class OpeningController {
  constructor(
    @Inject(VERIFIER) private readonly verifier: Verifier,
    @Inject(SHOP) private readonly shop: Shop,
  ) {}

  @Post()
  @HttpCode(200)
  async open(
    @Headers() headers: Record<string, unknown>,
    @Body() body?: { shareId?: unknown; proof?: unknown },
  ) {
    const viewerId = this.shop.viewerOf(headers)
    if (!viewerId) throw new HttpException({ code: 'ERR_SESSION' }, 401)
    const { shareId, proof } = body ?? {}
    const opening = await this.verifier.open({ viewerId, shareId, proof })
    if (!opening.granted) throw new HttpException(opening.body, opening.status)
    return { content: this.shop.contentOf(opening.cardId) }
  }
}

@Module({})
class AppModule {
  static with(options: VerifierOptions, shop: Shop): DynamicModule {
    return {
      module: AppModule,
      imports: [SealcardModule.forRoot(options)],
      controllers: [OpeningController],
      providers: [{ provide: SHOP, useValue: shop }],
    }
  }
}

export const createApp = (options: VerifierOptions, shop: Shop): Promise<NestFastifyApplication> =>
  NestFactory.create(AppModule.with(options, shop), new FastifyAdapter(), { logger: false })
