/**
 * Does the same for our bot and for the floor, round by round, so that whatever slows the machine
 * meets both; who is first alternates.
 */
export async function inTurn<Taken>(
  rounds: number,
  take: (program: 'ours' | 'floor') => Promise<Taken>,
): Promise<{ ours: Taken[]; floor: Taken[] }> {
  const taken: { ours: Taken[]; floor: Taken[] } = { ours: [], floor: [] };
  for (let round = 0; round < rounds; round += 1) {
    const order = round % 2 === 0 ? (['floor', 'ours'] as const) : (['ours', 'floor'] as const);
    for (const program of order) taken[program].push(await take(program));
  }
  return taken;
}
