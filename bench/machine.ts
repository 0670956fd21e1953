import { cpus, totalmem } from 'node:os';

/** What it was measured on: figures are worth little without. */
export interface Machine {
  cpu: string;
  cores: number;
  memoryGb: number;
  node: string;
  system: string;
}

export function thisMachine(): Machine {
  const [first] = cpus();
  return {
    cpu: first?.model.trim() ?? 'unknown',
    cores: cpus().length,
    memoryGb: Math.round(totalmem() / 2 ** 30),
    node: process.version,
    system: `${process.platform} ${process.arch}`,
  };
}

export function toldMachine({ cpu, cores, memoryGb, node }: Machine): string {
  return `${cpu}, ${cores} cores, ${memoryGb} GB, Node ${node}`;
}
