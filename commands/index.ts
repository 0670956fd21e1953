import type { Surface } from '../src/discord/command.ts';
import { again, retry } from './again.ts';
import { animate } from './animate.ts';
import { anyway, anywaySure } from './anyway.ts';
import { cancel } from './cancel.ts';
import { deleteVideo, deleteVideoSure } from './delete.ts';
import { download } from './download.ts';
import { forget, forgetSure } from './forget.ts';
import { form } from './form.ts';
import { help } from './help.ts';
import { makeAnother, mend, reopen } from './mend.ts';
import { more } from './more.ts';
import { edit, remix } from './remix.ts';
import { report, reportCardSure, reportSure, reportVideo } from './report.ts';
import { reuse } from './reuse.ts';
import { setting, settings } from './settings.ts';
import { showResult } from './show-result.ts';
import { video } from './video.ts';
import { videoAdmin } from './video-admin.ts';
import { videos, videosPage } from './videos.ts';
import { without } from './without.ts';

/** Everything a person can type or click: the router and the registration both read it. */
export const surface = {
  commands: { video, videos, settings, help, 'video-admin': videoAdmin },
  messageCommands: { Animate: animate, 'Report video': reportVideo },
  /** By the first part of their `custom_id`. It stands in old messages too: none is ever renamed. */
  buttons: {
    cancel,
    remix,
    again,
    edit,
    retry,
    without,
    anyway,
    'anyway-sure': anywaySure,
    more,
    reuse,
    download,
    report,
    'report-card': reportCardSure,
    'report-sure': reportSure,
    delete: deleteVideo,
    'delete-sure': deleteVideoSure,
    show: showResult,
    mend,
    reopen,
    new: makeAnother,
    videos: videosPage,
    forget,
    'forget-sure': forgetSure,
  },
  selects: { settings: setting },
  forms: { form },
} satisfies Surface;
