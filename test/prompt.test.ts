import { describe, expect, it } from 'vitest';
import { takeOutFlags } from '../src/prompt.ts';

describe('flags in a prompt', () => {
  it.each([
    ['a boat --dur 15', 'a boat', ['--dur 15']],
    ['--dur 15 a boat', 'a boat', ['--dur 15']],
    ['a boat --rs 1080p drifts', 'a boat drifts', ['--rs 1080p']],
    ['a boat --ratio 9:16', 'a boat', ['--ratio 9:16']],
    ['a boat --resolution 1080p', 'a boat', ['--resolution 1080p']],
    ['a boat --duration 15', 'a boat', ['--duration 15']],
    ['a boat --seed -1', 'a boat', ['--seed -1']],
    ['a boat --RT adaptive', 'a boat', ['--RT adaptive']],
    ['a boat --wm false --cf true', 'a boat', ['--wm false', '--cf true']],
    ['a boat\n--dur\n15\nat sea', 'a boat\n\nat sea', ['--dur 15']],
    ['a boat --dur', 'a boat', ['--dur']],
    ['a boat --dur --rs 1080p', 'a boat', ['--dur', '--rs 1080p']],
    ['a boat --watermark off', 'a boat', ['--watermark off']],
  ])('%j is sent as %j', (given, prompt, leftOut) => {
    expect(takeOutFlags(given)).toEqual({ prompt, leftOut });
  });

  it.each([
    ['a boat --new-flag 7', 'a boat', ['--new-flag 7']],
    ['a boat --new-flag drifts', 'a boat drifts', ['--new-flag']],
    ['a boat --upscale true away', 'a boat away', ['--upscale true']],
  ])('go even where nobody knows them: %j', (given, prompt, leftOut) => {
    expect(takeOutFlags(given)).toEqual({ prompt, leftOut });
  });

  it.each([
    ['a boat --dur=15', 'a boat', ['--dur=15']],
    ['a boat --dur=15 --rs=1080p', 'a boat', ['--dur=15', '--rs=1080p']],
    ['--dur=15 two boats', 'two boats', ['--dur=15']],
    ['--dur=15 2 boats sail', '2 boats sail', ['--dur=15']],
    ['--seed=7 true love', 'true love', ['--seed=7']],
  ])('may hold their value behind a sign: %j', (given, prompt, leftOut) => {
    expect(takeOutFlags(given)).toEqual({ prompt, leftOut });
  });

  it('leave an empty prompt behind where there was nothing else', () => {
    expect(takeOutFlags(' --dur 15 \n --rs 480p ')).toEqual({
      prompt: '',
      leftOut: ['--dur 15', '--rs 480p'],
    });
  });

  it('go however many there are', () => {
    const flags = Array.from({ length: 200 }, (_, index) => `--f${index} ${index}`);
    expect(takeOutFlags(`a ${flags.join(' ')} b`)).toEqual({ prompt: 'a b', leftOut: flags });
  });

  it('leave none behind that a second reading would find', () => {
    for (const given of ['--a --b --c 1', '--dur --dur 5', 'x --dur 5 --', '-- --dur 5']) {
      expect(takeOutFlags(takeOutFlags(given).prompt).leftOut).toEqual([]);
    }
  });
});

it.each([
  'a boat — drifting',
  'a boat -- drifting',
  'a boat --',
  'wait--what',
  'a well-known boat -by- the sea',
  '-5 degrees, --5 degrees',
  'line one\nline two',
])('what is no flag stays as it is: %j', (prompt) => {
  expect(takeOutFlags(prompt)).toEqual({ prompt, leftOut: [] });
});

it('blank space is brought into one piece, line ends aside', () => {
  expect(takeOutFlags('  a \t boat \n drifts  ').prompt).toBe('a boat \n drifts');
});
