import { Optional, UseGuards } from '@nestjs/common';
import { ConnectedSocket, SubscribeMessage } from '@nestjs/websockets';
import { SecretGuard, type Identity } from '../auth/index.js';
import { asText, DuplexGateway, type Peer } from '../protocol/index.js';
import { ModuleSurvey, type ModuleState } from '../sandbox/index.js';
import { hostErrorOf } from './errors.js';
import { TenantAllowances } from './tenant-allowances.provider.js';

type AdmittedPeer = Peer & { readonly identity: Identity };

/** Lists the packages that a client's scripts may require. */
@DuplexGateway()
@UseGuards(SecretGuard)
export class ModulesGateway {
  /** @param survey absent if the application has its own sandbox module */
  constructor(
    private readonly allowances: TenantAllowances,
    @Optional() private readonly survey?: ModuleSurvey,
  ) {}

  /** @throws DuplexError if packages could not be tried: busy or shutting down */
  @SubscribeMessage(asText('runtime.modules'))
  async modules(
    @ConnectedSocket() { identity }: AdmittedPeer,
  ): Promise<{ readonly modules: readonly ModuleState[] }> {
    try {
      return { modules: (await this.survey?.modulesOf(this.allowances.of(identity.tenant).modules)) ?? [] };
    } catch (error) {
      throw hostErrorOf(error) ?? error;
    }
  }
}
