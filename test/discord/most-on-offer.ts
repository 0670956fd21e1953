import { MODEL_IDS, range } from '../../src/models.ts';
import { offerOf } from '../../src/offer.ts';

/** As much as Seedance can put on offer, and the most lengths that are named one by one. */
export const MOST = offerOf(
  { allowedModels: MODEL_IDS },
  {
    'seedance-2.0': {
      durationsSecs: range(1, 60),
      aspectRatios: ['16:9', '9:16', '1:1', '21:9', '4:3', '3:4', '3:2', '2:3'],
      resolutions: ['360p', '480p', '720p', '1080p', '1440p', '2160p', '4k', '8k'],
    },
    'seedance-2.0-fast': {
      durationsSecs: [12, 14, 16, 18, 20, 22, 24, 26],
      aspectRatios: ['11:19', '19:11', '12:19', '19:12', '13:19', '19:13', '14:19', '19:14'],
      resolutions: ['100p', '200p', '300p', '400p', '500p', '600p', '700p', '800p'],
    },
    'seedance-1.5-pro': {
      durationsSecs: [5, 10],
      aspectRatios: ['21:11', '11:21', '21:12', '12:21', '21:13', '13:21', '21:14', '14:21'],
      resolutions: ['110p', '210p', '310p', '410p', '510p', '610p', '710p', '810p'],
    },
  },
);
