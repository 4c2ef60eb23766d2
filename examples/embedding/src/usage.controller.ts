import { Controller, Get, Inject, Param } from '@nestjs/common';
import { SandboxService } from 'javascriptd';
import type { MeteredSandbox } from './metered-sandbox.js';

/** The application has routes of its own beside those of javascriptd. */
@Controller('usage')
export class UsageController {
  constructor(@Inject(SandboxService) private readonly sandbox: MeteredSandbox) {}

  @Get(':tenant')
  usage(@Param('tenant') tenant: string): { readonly milliseconds: number } {
    return { milliseconds: this.sandbox.millisecondsOf(tenant) };
  }
}
