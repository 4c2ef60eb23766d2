import { Controller, Get, Header } from '@nestjs/common';
import { OpenApi } from './open-api.provider.js';

/** The document is no secret, so none is asked for. */
@Controller()
export class OpenApiController {
  constructor(private readonly openApi: OpenApi) {}

  @Get('openapi.json')
  @Header('Content-Type', 'application/json')
  document(): string {
    return this.openApi.text();
  }
}
