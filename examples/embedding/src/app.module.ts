import { Module } from '@nestjs/common';
import { JavascriptdModule } from 'javascriptd';
import { CustomerAllowlist } from './customer-allowlist.js';
import { CustomerEgress } from './customer-egress.js';
import { CustomerSecrets } from './customer-secrets.js';
import { CustomersModule } from './customers.js';
import { MeteredSandbox } from './metered-sandbox.js';
import { UsageController } from './usage.controller.js';

@Module({
  imports: [
    JavascriptdModule.forRoot(
      { TIMEOUT: 2000, SANDBOX_MEMORY: 128, SANDBOX_MIN_RUNNERS: 1, NOLOGS: true },
      {
        imports: [CustomersModule],
        secrets: CustomerSecrets,
        allowlist: CustomerAllowlist,
        egress: CustomerEgress,
        sandbox: MeteredSandbox,
      },
    ),
  ],
  controllers: [UsageController],
})
export class AppModule {}
