import { Alarm } from '../jobs/alarm.ts';
import type { Job } from '../jobs/job.ts';
import type { Log } from '../log.ts';
import type { Claim } from './queue.ts';

/** A job in this process's hands. */
export interface Run {
  readonly claim: Claim;
  readonly alarm: Alarm;
  /** As it is now. Its epoch is that of this run. */
  job: Job;
  /** It is being put away: that the queue does not have it any more is no news. */
  isPassing: boolean;
}

/** The runs of a process: of each job the newest, for an older one has lost it. */
export class Runs {
  readonly #runs = new Map<string, Run>();
  readonly #log: Log;

  constructor(log: Log) {
    this.#log = log;
  }

  get all(): Run[] {
    return [...this.#runs.values()];
  }

  get(jobId: string): Run | undefined {
    return this.#runs.get(jobId);
  }

  /** Whether a run still has its job. */
  has(run: Run): boolean {
    return this.#runs.get(run.claim.jobId) === run;
  }

  begin(claim: Claim, job: Job): Run {
    const earlier = this.#runs.get(job.id);
    if (earlier) this.#letGo(earlier);
    const run = { claim, job, alarm: new Alarm(), isPassing: false };
    this.#runs.set(job.id, run);
    return run;
  }

  end(run: Run): void {
    if (this.has(run)) this.#runs.delete(run.claim.jobId);
  }

  /** Takes a job as it is now in place of what it was, if it comes from the run that has it. */
  note(job: Job): void {
    const run = this.#runs.get(job.id);
    if (run && run.job.epoch === job.epoch) run.job = job;
  }

  /** The store refused what an older run than another's wrote. */
  abandon(stale: Job): void {
    const run = this.#runs.get(stale.id);
    if (run && run.job.epoch === stale.epoch) this.#letGo(run);
  }

  /** The queue has given away what was claimed. */
  lose(claim: Claim): void {
    const run = this.#runs.get(claim.jobId);
    if (run?.claim === claim && !run.isPassing) this.#letGo(run);
  }

  #letGo(run: Run): void {
    this.#log.warn({ jobId: run.claim.jobId }, 'Another run has taken this job over');
    this.#runs.delete(run.claim.jobId);
    run.alarm.stop();
  }
}
