import { Injectable } from '@nestjs/common';

/** Whether scripts can run now. Other parts of an application read it; the sandbox in use says it. */
@Injectable()
export class SandboxReadiness {
  #problem: () => string | undefined = () => 'the sandbox has not started';

  /** Why no script can run; undefined when scripts can. */
  get problem(): string | undefined {
    return this.#problem();
  }

  get ready(): boolean {
    return this.problem === undefined;
  }

  /** @param problem asked each time that someone wants to know */
  follow(problem: () => string | undefined): void {
    this.#problem = problem;
  }
}
