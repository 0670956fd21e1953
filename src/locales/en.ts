/**
 * English: the originals of all other languages. What stands in double braces is filled in; a key
 * that ends in a plural category of `Intl.PluralRules` is chosen by its `count`.
 */
export const en = {
  command: {
    video: {
      name: 'video',
      description: 'Make a video. Your prompt and files are sent to Seedance (seedance2.ink).',
      prompt: { name: 'prompt', description: 'What should happen. Leave it out for a form' },
      reference1: {
        name: 'reference1',
        description:
          'A picture, clip or sound to build on. Photos of real people are often refused.',
      },
      reference2: {
        name: 'reference2',
        description: 'A second picture, clip or sound. Two pictures: the first and the last.',
      },
      reference3: { name: 'reference3', description: 'A third picture, clip or sound' },
      reference4: { name: 'reference4', description: 'A fourth picture, clip or sound' },
      reference5: { name: 'reference5', description: 'A fifth picture, clip or sound' },
      model: { name: 'model', description: 'Which model makes it' },
      duration: { name: 'duration', description: 'How many seconds long' },
      aspect_ratio: {
        name: 'aspect_ratio',
        description: 'Its shape. If left out: as the first picture, else 16:9',
      },
      resolution: {
        name: 'resolution',
        description: 'How sharp. More costs more and takes longer',
      },
      private: {
        name: 'private',
        description: 'Send the video to your direct messages instead of this channel',
      },
    },
    videos: { name: 'videos', description: 'Your last videos, for your eyes only' },
    settings: {
      name: 'settings',
      description: 'Your own defaults, pings, language, and deleting your data',
    },
    help: { name: 'help', description: 'What this bot does, and where your words and files go' },
    animate: { name: 'Animate' },
  },

  model: {
    best: 'best picture, mixes pictures, clips and sound',
    quick: 'quicker, for trying things out',
    simple: 'simple motion from one picture',
  },
  shape: { wide: 'Wide {{ratio}}', tall: 'Tall {{ratio}}', square: 'Square {{ratio}}' },
  seconds: '{{count, number}} s',
  credits_one: '{{count, number}} credit',
  credits_other: '{{count, number}} credits',
  about_one: 'about {{count, number}} credit',
  about_other: 'about {{count, number}} credits',
  reference: 'Reference {{number}}',

  button: {
    cancel: 'Cancel',
    remix: 'Remix',
    again: 'Again',
    more: 'More',
    edit: 'Edit',
    tryAgain: 'Try again',
    tryWithout: 'Try without it',
    tryAnyway: 'Try again anyway',
    tryAnywaySure: 'Yes, it may charge twice',
    useAsReference: 'Use as reference',
    download: 'Download',
    delete: 'Delete',
    deleteSure: 'Yes, delete it',
    makeItSeconds: 'Make it {{count, number}} s',
    makeAnother: 'Make a video',
    showResult: 'Show result',
    newer: 'Newer',
    older: 'Older',
    deleteData: 'Delete my data',
    deleteDataSure: 'Yes, delete all of it',
    privacy: 'Privacy',
    support: 'Support',
  },

  card: {
    inLine: 'In line',
    next: 'next',
    ahead_one: '{{count, number}} ahead when you asked',
    ahead_other: '{{count, number}} ahead when you asked',
    waiting: 'waiting for Seedance',
    making: 'Making your video',
    words: 'Words only',
    firstFrame: 'Starting from image 1',
    firstAndLastFrame: 'From image 1 to image 2',
    references_one: 'Using {{count, number}} reference',
    references_other: 'Using {{count, number}} references',
    for: 'For {{member}}',
    asked: 'Asked {{when}}',
    started: 'Started {{when}}',
    usually: 'usually {{time}}',
    source: 'From [this message]({{url}})',
    leftOut: 'Left out of the prompt: {{flags}}',
    cantStop: 'Seedance can no longer stop this one: the video will come.',
    tokenEnds:
      'This takes longer than Discord lets me change this message. Press **Show result** later.',
    aiGenerated: 'AI-generated',
    took: 'took {{time}}',
    altText: 'AI video: {{prompt}}',
    tooBig: 'Too big to attach here. Save it soon; the link won’t last.',
    notAttached: 'It couldn’t be attached. Save it soon; the link won’t last.',
    inWords:
      'Discord won’t show it here: [open the video](<{{url}}>). Save it soon; the link won’t last.',
    elsewhere: 'The video is [in its own message]({{url}}).',
  },

  end: {
    cancelled: 'Cancelled',
    lost: 'We lost the answer',
    lostWords:
      'Your video may have been started and charged, but we can’t find it. Trying again may charge twice.',
    reference: 'Reference {{number}} was refused',
    someReference: 'A reference was refused',
    pictureWords: 'Photos of real people are a common reason. Try another picture.',
    referenceWords: 'Real people in it are a common reason. Try another one.',
    prompt: 'The prompt was refused',
    promptWords: 'Try describing it another way.',
    account: 'The bot can’t make videos right now',
    accountWords: 'Its owner has been told.',
    service: 'Seedance isn’t answering',
    serviceWords: 'Nothing is wrong with your prompt.',
    expired: 'The files have expired',
    expiredWords: 'Nothing was submitted. Add them again with **Edit**.',
    tooLong: 'This took too long',
    tooLongWords: 'We stopped waiting after {{time}}.',
    budget: 'A limit is used up',
    budgetWords: 'Nothing was submitted. New ones can be made {{when}}.',
    other: 'This one didn’t work out',
    otherWords: 'Seedance couldn’t make it. A simpler prompt or other references may help.',
    notStarted: 'This one never started',
    notStartedWords: 'It was lost before it began. Use {{command}} again.',
  },

  ping: {
    ready: '{{member}}, your video is ready.',
    failed: '{{member}}, your video didn’t work out.',
  },

  form: {
    make: 'Make a video',
    remix: 'Remix',
    edit: 'Edit',
    animate: 'Animate',
    reuse: 'Use as reference',
    prompt: 'Prompt',
    promptHint: 'What should happen in the video',
    model: 'Model',
    length: 'Length',
    fewLengths: '{{model}} makes {{lengths, list(type: disjunction)}} s only.',
    fewRange: '{{model}} makes {{first}} to {{last}} s only.',
    shape: 'Shape and quality',
    references: 'References',
    hint: 'Pictures, clips or sounds. Photos of real people are often refused.',
    kept_one: '{{count, number}} kept. New files replace it.',
    kept_other: '{{count, number}} kept. New files replace them all.',
    expired: 'The old files have expired. Add them again or leave empty.',
    reusing_one: 'This video is reference 1. Add up to {{count, number}} more.',
    reusing_other: 'This video is reference 1. Add up to {{count, number}} more.',
  },

  more: {
    title: 'About this video',
    prompt: 'The prompt, as it was sent',
    referencesExpired: 'the files themselves have expired',
    charged: 'Charged: {{credits}}',
    expected: 'Such a video costs {{credits}}, as last time',
    asked: 'Asked {{when}}',
    submitted: 'Submitted {{when}}',
    ended: 'Ended {{when}}',
    id: 'Job {{id}}',
    downloadHere: 'Here it is. The link won’t last.',
    deleteAsk:
      'Delete this video? Its card, its ping and my record of it go. This can’t be undone.',
    deleted: 'Deleted.',
    deletedNotCard:
      'My record of it is gone, but Discord doesn’t let me remove the message itself. Ask a moderator to.',
    anywayAsk:
      'The first try may have been charged already. Trying again may charge twice. Do it all the same?',
  },

  videos: {
    title: 'Your videos',
    none: 'You have made none yet. Use {{command}}.',
    left_one: '{{count, number}} video left today',
    left_other: '{{count, number}} videos left today',
    page: 'Page {{page, number}} of {{pages, number}}',
    card: '[card]({{url}})',
    removed: 'its message was removed',
    state: {
      waiting: 'In line',
      submitting: 'In line',
      queued: 'Being made',
      processing: 'Being made',
      delivering: 'Nearly there',
      succeeded: 'Finished',
      failed: 'Didn’t work out',
      cancelled: 'Cancelled',
      unconfirmed: 'Lost its answer',
      undelivered: 'Finished, but couldn’t be shown',
    },
  },

  settings: {
    title: 'Your settings',
    intro: 'What you pick here is saved at once and used when you leave something out.',
    model: 'Model',
    length: 'Length',
    shape: 'Shape and quality',
    ping: 'Pings',
    language: 'Language',
    usual: 'No preference',
    pingOn: 'Ping me when a video that took over a minute is done',
    pingOff: 'Don’t ping me',
    asInDiscord: 'As in Discord',
    deleteAsk:
      'Delete all I have of you? Running videos are cancelled, and your list of videos and your settings go. What limits need stays without your name until the day is over. Cards that stand in channels stay: delete those under **More** first.',
    deleted: 'Your data is deleted.',
    deletedSome_one:
      'Your data is deleted, but for {{count, number}} video still under way: it is being cancelled, and its record goes when it ends.',
    deletedSome_other:
      'Your data is deleted, but for {{count, number}} videos still under way: they are being cancelled, and their records go when they end.',
  },

  help: {
    title: 'Videos from words, pictures, clips and sounds',
    make: '{{command}} makes a video from a prompt and up to five files. Without a prompt it opens a form.',
    animate:
      'On any message with pictures, clips or sounds: **Apps** → **{{animate}}** brings them to life.',
    cards: '**Remix** changes a finished video, **Again** makes another, **More** has the rest.',
    own: '{{videos}} lists your own videos, {{settings}} holds your defaults.',
    allowed:
      'Please make only what the rules of Discord, of this server and of Seedance allow: no real people without their consent, nothing sexual, nothing that harms. Videos are marked as AI-generated.',
    data: 'Your prompt and files go to Seedance (seedance2.ink), which makes the video. The card with your prompt, your files and the video is for everyone in the channel, unless you ask with the private option. I keep a record of your videos for your list; {{settings}} deletes it.',
  },

  sent: {
    privateDone: 'It is in [your direct messages]({{url}}).',
    cancelSoon: 'It is just being submitted. I cancel it as soon as I can.',
    yourPrompt: 'Your prompt:',
  },

  permission: {
    viewChannel: 'View Channel',
    attachFiles: 'Attach Files',
    embedLinks: 'Embed Links',
  },

  limit: {
    videos_one: '{{count, number}} video',
    videos_other: '{{count, number}} videos',
    member: { day: 'Your limit of {{amount}} a day', month: 'Your limit of {{amount}} a month' },
    memberHere: {
      day: 'Your limit of {{amount}} a day in this server',
      month: 'Your limit of {{amount}} a month in this server',
    },
    server: {
      day: 'This server’s limit of {{amount}} a day',
      month: 'This server’s limit of {{amount}} a month',
    },
    bot: {
      day: 'This bot’s limit of {{amount}} a day',
      month: 'This bot’s limit of {{amount}} a month',
    },
  },
  refusal: {
    place: 'I don’t make videos here: my owner has not opened me for this place.',
    permission_one:
      'I can’t show a video in this channel: I lack the permission {{permissions, list}}. Ask a moderator to allow it, or use another channel.',
    permission_other:
      'I can’t show a video in this channel: I lack the permissions {{permissions, list}}. Ask a moderator to allow them, or use another channel.',
    account: 'The bot can’t make videos right now. Its owner has been told.',
    store: 'I can’t take new videos for a moment. Nothing was submitted. Try again soon.',
    restarting: 'I’m being restarted. Try again in a minute.',
    broken: 'Something went wrong on my side. Try again in a moment.',
    unknown: 'This is from an older version of me and does nothing any more.',
    noRecord: 'I have no record of this video. You can make a new one.',
    noDraft: 'I no longer have what you wrote here: I keep it for an hour.',
    draftGone:
      'This form is more than an hour old, and the files it held are gone. Look it over with **Edit**.',
    twice: 'That is under way already: you asked for it a moment ago.',
    directClosed:
      'I can’t write to you: your direct messages are closed to me. Nothing was submitted. Open them for this server, or ask without the private option.',
    directUnclear:
      'I couldn’t reach your direct messages just now. Nothing was submitted. Try again in a moment.',
    active_one: 'You have {{count, number}} video under way. Wait until it is done, or cancel it.',
    active_other:
      'You have {{count, number}} videos under way. Wait until one is done, or cancel one.',
    noneToday: 'Nobody can make videos with me for now: my owner has set the day’s limit to none.',
    memberDay_one:
      'You have had your {{count, number}} video for today. You can ask again {{when}}.',
    memberDay_other:
      'You have had your {{count, number}} videos for today. You can ask again {{when}}.',
    credits_one:
      'What is left of today’s {{count, number}} credit for this bot is not enough for this one. New videos can be made {{when}}.',
    credits_other:
      'What is left of today’s {{count, number}} credits for this bot is not enough for this one. New videos can be made {{when}}.',
    usedUp:
      '{{limit}} is used up, or what is left is not enough for this one. It opens again {{when}}.',
    cooldown: 'You have just asked for one. You can ask again {{when}}.',
    struck:
      'Several of your videos were refused for their content, so you can’t make new ones for a day. You can ask again {{when}}.',
    promptEmpty: 'The prompt is empty. Describe what should happen in the video.',
    promptLong:
      'The prompt has {{length, number}} characters. It can have {{max, number}} at the most.',
    model: 'That model isn’t offered here. Choose {{models, list(type: disjunction)}}.',
    durationRange:
      '{{model}} makes {{first, number}} to {{last, number}} seconds, in whole seconds.',
    durationList: '{{model}} makes {{lengths, list(type: disjunction)}} seconds.',
    shape: 'That shape isn’t offered. Choose {{shapes, list(type: disjunction)}}.',
    shapeOfModel:
      '{{model}} doesn’t make that shape. Choose {{shapes, list(type: disjunction)}}, or another model.',
    resolution:
      'That resolution isn’t offered here. Choose {{resolutions, list(type: disjunction)}}.',
    resolutionOfModel:
      '{{model}} doesn’t make that resolution. Choose {{resolutions, list(type: disjunction)}}, or another model.',
    soundOnly: 'A sound can’t be the only reference. Add a picture or a clip to it.',
    tooMany: 'There can be {{count, number}} references at the most.',
    file: 'Reference {{number}} ({{name}}): {{what}}',
    kind: 'this kind of file can’t be used. Pictures may be {{pictures, list(type: disjunction)}}; clips {{clips, list(type: disjunction)}}; sounds {{sounds, list(type: disjunction)}}.',
    address: 'its address can’t be used. Attach the file again.',
    fileExpired: 'this file has expired. Attach it again.',
    large: 'this picture is too large. It must be under {{megabytes, number}} MB.',
    sides: 'this picture is {{width}} × {{height}} pixels. Each side must have {{min}} to {{max}}.',
    wide: 'this picture is too wide: {{width}} × {{height}} pixels. Crop it so that no side is more than two and a half times the other.',
    tall: 'this picture is too tall: {{width}} × {{height}} pixels. Crop it so that no side is more than two and a half times the other.',
    nothingToAnimate: 'This message has no picture, clip or sound that I can use.',
    cancelNotYours: 'Only the member who asked for this video, or a moderator, can cancel it.',
    cancelNote: 'I couldn’t note that you want this cancelled. Press it again in a moment.',
    madeAlready: 'This video is made already. It can’t be cancelled any more.',
    cancelledAlready: 'This one is cancelled already.',
    endedAlready: 'This one has ended already: there is nothing to cancel.',
    cantStop: 'Seedance can no longer stop this one.',
    deleteNotYours: 'Only the member who asked for this video, or a moderator, can delete it.',
    deleteRunning: 'This one is still under way. Cancel it, or wait until it is done.',
    deleteFailed: 'It couldn’t be deleted just now. Try again in a moment.',
    anywayNotYours: 'Only the member who asked for this video can try it again.',
    notAgain: 'This one can’t be tried again as it is. **Edit** it instead.',
    videoLinkOld: 'This list is too old to use its video. Press **More** on the card again.',
    noVideo: 'I can’t find the video any more: Seedance keeps it for a while only.',
    settingsNotSaved: 'I couldn’t save that. Try again in a moment.',
    comesDirectly: 'That is being sent to the direct messages of whoever asked for it.',
    deleteFromCard:
      'Press **More** on the card once more, then **Delete**: otherwise I can’t reach the card.',
    notHere: 'I can only do this where the card stands.',
  },
} as const;
