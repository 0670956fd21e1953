/** Japanese. */
export const ja = {
  command: {
    video: {
      name: '動画',
      description:
        '動画を作ります。プロンプトとファイルは Seedance（seedance2.ink）に送信されます。',
      prompt: { name: 'プロンプト', description: '動画の内容。省略するとフォームが開きます' },
      reference1: {
        name: '参考1',
        description: 'もとにする画像、動画、音声。実在の人物の写真は拒否されることがよくあります。',
      },
      reference2: {
        name: '参考2',
        description: '2つ目の画像、動画、音声。画像2枚だけなら最初と最後のフレームになります。',
      },
      reference3: { name: '参考3', description: '3つ目の画像、動画、音声' },
      reference4: { name: '参考4', description: '4つ目の画像、動画、音声' },
      reference5: { name: '参考5', description: '5つ目の画像、動画、音声' },
      model: { name: 'モデル', description: '使用するモデル' },
      duration: { name: '長さ', description: '動画の秒数' },
      aspect_ratio: {
        name: 'アスペクト比',
        description: '省略すると最初の画像に合わせます。画像がなければ 16:9',
      },
      resolution: {
        name: '解像度',
        description: '画質。高いほど料金も時間も多くかかります',
      },
      private: {
        name: '非公開',
        description: 'このチャンネルではなく、あなたのダイレクトメッセージに送ります',
      },
    },
    videos: { name: 'マイ動画', description: 'あなたの最近の動画。あなただけに表示されます' },
    settings: { name: '設定', description: '既定値、メンション、言語、データの削除' },
    help: {
      name: 'ヘルプ',
      description: 'このBotでできることと、文章やファイルの送り先',
    },
    animate: { name: '動画にする' },
  },

  model: {
    best: '最高画質。画像、動画、音声を組み合わせ可能',
    quick: '速い。試し作りに',
    simple: '1枚の画像にシンプルな動き',
  },
  shape: { wide: '横長 {{ratio}}', tall: '縦長 {{ratio}}', square: '正方形 {{ratio}}' },
  seconds: '{{count, number}} 秒',
  credits_other: '{{count, number}} クレジット',
  about_other: '約 {{count, number}} クレジット',
  reference: '参考 {{number}}',

  button: {
    cancel: 'キャンセル',
    remix: 'リミックス',
    again: 'もう一度作る',
    more: '詳細',
    edit: '編集',
    tryAgain: '再試行',
    tryWithout: '外して再試行',
    tryAnyway: 'それでも再試行',
    tryAnywaySure: 'はい、二重課金でも再試行',
    useAsReference: '参考に使う',
    download: 'ダウンロード',
    delete: '削除',
    deleteSure: 'はい、削除します',
    makeItSeconds: '{{count, number}} 秒にする',
    makeAnother: '動画を作る',
    showResult: '結果を表示',
    newer: 'より新しい',
    older: 'より古い',
    deleteData: '自分のデータを削除',
    deleteDataSure: 'はい、すべて削除します',
    privacy: 'プライバシー',
    support: 'サポート',
  },

  card: {
    inLine: '順番待ち',
    next: '次です',
    ahead_other: '受付時点で前に{{count, number}}件',
    waiting: 'Seedance を待っています',
    making: '動画を作成しています',
    words: '文章のみ',
    firstFrame: '画像1から開始',
    firstAndLastFrame: '画像1から画像2へ',
    references_other: '参考{{count, number}}点を使用',
    for: '依頼者 {{member}}',
    asked: '依頼 {{when}}',
    started: '開始 {{when}}',
    usually: '通常{{time}}',
    source: '[このメッセージ]({{url}})から',
    leftOut: 'プロンプトから除いたもの：{{flags}}',
    cantStop: 'Seedance 側でもう止められません。動画は完成します。',
    tokenEnds:
      'Discord がこのメッセージの更新を許す時間を超えそうです。あとで**結果を表示**を押してください。',
    aiGenerated: 'AI生成',
    took: '所要時間 {{time}}',
    altText: 'AI動画：{{prompt}}',
    tooBig: '大きすぎてここに添付できません。リンクはいずれ切れるので、早めに保存してください。',
    notAttached: '添付できませんでした。リンクはいずれ切れるので、早めに保存してください。',
    inWords:
      'Discord ではここに表示できません：[動画を開く](<{{url}}>)。リンクはいずれ切れるので、早めに保存してください。',
    elsewhere: '動画は[別のメッセージ]({{url}})にあります。',
  },

  end: {
    cancelled: 'キャンセルしました',
    lost: '応答を受け取れませんでした',
    lostWords:
      '動画の作成が始まり、課金されたかもしれませんが、見つけられません。再試行すると二重に課金されることがあります。',
    reference: '参考 {{number}} が拒否されました',
    someReference: '参考の1つが拒否されました',
    pictureWords: '実在の人物の写真がよくある原因です。別の画像をお試しください。',
    referenceWords: '実在の人物が含まれることがよくある原因です。別のものをお試しください。',
    prompt: 'プロンプトが拒否されました',
    promptWords: '別の表現をお試しください。',
    account: 'Botは現在、動画を作成できません',
    accountWords: 'Botのオーナーに連絡済みです。',
    service: 'Seedance が応答していません',
    serviceWords: 'プロンプトに問題はありません。',
    expired: 'ファイルの期限が切れました',
    expiredWords: '何も送信されていません。**編集**から追加し直してください。',
    tooLong: '時間がかかりすぎました',
    tooLongWords: '{{time}}待ちましたが、打ち切りました。',
    budget: '上限に達しました',
    budgetWords: '何も送信されていません。次に作成できるのは{{when}}です。',
    other: 'うまくいきませんでした',
    otherWords:
      'Seedance では作成できませんでした。プロンプトを簡単にするか、参考を替えるとうまくいくかもしれません。',
    notStarted: '開始されませんでした',
    notStartedWords: '開始前に失われました。もう一度 {{command}} を使ってください。',
  },

  ping: {
    ready: '{{member}} さん、動画ができました。',
    failed: '{{member}} さん、動画はうまくいきませんでした。',
  },

  form: {
    make: '動画を作る',
    remix: 'リミックス',
    edit: '編集',
    animate: '動画にする',
    reuse: '参考に使う',
    prompt: 'プロンプト',
    promptHint: '動画の内容',
    model: 'モデル',
    length: '長さ',
    fewLengths: '{{model}} は{{lengths, list(type: disjunction)}}秒のみです。',
    fewRange: '{{model}} は{{first}}〜{{last}}秒のみです。',
    shape: '形と画質',
    references: '参考',
    hint: '画像、動画、音声。実在の人物の写真は拒否されることがよくあります。',
    kept_other: '{{count, number}}点を保持中。新しいファイルを追加すると、すべて置き換わります。',
    expired: '前のファイルは期限切れです。追加し直すか、空のままにしてください。',
    reusing_other: 'この動画が参考 1 です。あと{{count, number}}点まで追加できます。',
  },

  more: {
    title: 'この動画について',
    prompt: '送信されたプロンプト',
    referencesExpired: 'ファイル自体は期限切れです',
    charged: '課金：{{credits}}',
    expected: 'このような動画の料金：{{credits}}（前回の実績）',
    asked: '依頼 {{when}}',
    submitted: '送信 {{when}}',
    ended: '終了 {{when}}',
    id: 'ジョブ {{id}}',
    downloadHere: 'こちらです。リンクはいずれ切れます。',
    deleteAsk: 'この動画を削除しますか？カード、メンション、記録がすべて消えます。元に戻せません。',
    deleted: '削除しました。',
    deletedNotCard:
      '記録は削除しましたが、Discord の制限でメッセージ自体は消せません。モデレーターに依頼してください。',
    anywayAsk:
      '1回目ですでに課金されている可能性があります。再試行すると二重に課金されることがあります。それでも実行しますか？',
  },

  videos: {
    title: 'あなたの動画',
    none: 'まだ動画がありません。{{command}} で作れます。',
    left_other: '今日はあと{{count, number}}本',
    page: '{{page, number}} / {{pages, number}} ページ',
    card: '[カード]({{url}})',
    removed: 'メッセージは削除済み',
    state: {
      waiting: '順番待ち',
      submitting: '順番待ち',
      queued: '作成中',
      processing: '作成中',
      delivering: 'まもなく完成',
      succeeded: '完成',
      failed: '失敗',
      cancelled: 'キャンセル',
      unconfirmed: '応答なし',
      undelivered: '完成、ただし表示できず',
    },
  },

  settings: {
    title: 'あなたの設定',
    intro: 'ここで選ぶとすぐに保存され、省略した項目に使われます。',
    model: 'モデル',
    length: '長さ',
    shape: '形と画質',
    ping: 'メンション',
    language: '言語',
    usual: '指定なし',
    pingOn: '1分を超えた動画が終わったらメンションする',
    pingOff: 'メンションしない',
    asInDiscord: 'Discord と同じ',
    deleteAsk:
      'あなたについて保存しているものをすべて削除しますか？作成中の動画はキャンセルされ、動画の一覧と設定が消えます。上限の計算に必要なものは、名前を外してその日の終わりまで残ります。チャンネルにあるカードは残るので、消したい場合は先に**詳細**から削除してください。',
    deleted: 'データを削除しました。',
    deletedSome_other:
      'データを削除しました。ただし作成中の動画が{{count, number}}本あり、キャンセルしています。終わり次第、その記録も消えます。',
  },

  help: {
    title: '文章、画像、動画、音声から動画を作ります',
    make: '{{command}} は、プロンプトと最大5つのファイルから動画を作ります。プロンプトなしだとフォームが開きます。',
    animate:
      '画像、動画、音声のあるメッセージで **アプリ** → **{{animate}}** を選ぶと、それらが動き出します。',
    cards:
      '完成した動画を変えるなら **リミックス**、もう1本作るなら **もう一度作る**、その他は **詳細** へ。',
    own: '{{videos}} は自分の動画の一覧、{{settings}} は既定値です。',
    allowed:
      'Discord、このサーバー、Seedance のルールで許されるものだけを作ってください。同意のない実在の人物、性的なもの、人を傷つけるものは禁止です。動画にはAI生成と表示されます。',
    data: 'プロンプトとファイルは、動画を作る Seedance（seedance2.ink）に送られます。プロンプト、ファイル、動画の載ったカードは、「非公開」オプションを使わない限りチャンネルの全員に見えます。一覧のために動画の記録を保存しており、{{settings}} から削除できます。',
  },

  sent: {
    privateDone: '[ダイレクトメッセージ]({{url}})に送りました。',
    cancelSoon: 'ちょうど送信中です。できるだけ早くキャンセルします。',
    yourPrompt: 'あなたのプロンプト：',
  },

  permission: {
    viewChannel: 'チャンネルを見る',
    attachFiles: 'ファイルを添付',
    embedLinks: '埋め込みリンク',
  },

  limit: {
    videos_other: '動画{{count, number}}本',
    member: { day: 'あなたの1日{{amount}}の上限', month: 'あなたの1か月{{amount}}の上限' },
    memberHere: {
      day: 'このサーバーでのあなたの1日{{amount}}の上限',
      month: 'このサーバーでのあなたの1か月{{amount}}の上限',
    },
    server: {
      day: 'このサーバーの1日{{amount}}の上限',
      month: 'このサーバーの1か月{{amount}}の上限',
    },
    bot: { day: 'このBotの1日{{amount}}の上限', month: 'このBotの1か月{{amount}}の上限' },
  },
  refusal: {
    place: 'ここでは動画を作れません。Botのオーナーがこの場所での利用を許可していません。',
    permission_other:
      'このチャンネルには動画を表示できません。{{permissions, list}} の権限がありません。モデレーターに許可を依頼するか、別のチャンネルを使ってください。',
    account: 'Botは現在、動画を作成できません。オーナーに連絡済みです。',
    store:
      '一時的に新しい動画を受け付けられません。何も送信されていません。少し待ってからお試しください。',
    restarting: '再起動中です。1分後にもう一度お試しください。',
    broken: 'こちらで問題が発生しました。少し待ってからもう一度お試しください。',
    unknown: 'これは以前のバージョンのもので、もう使えません。',
    noRecord: 'この動画の記録がありません。新しく作ることができます。',
    noDraft: 'ここに書かれた内容はもう残っていません。保存は1時間です。',
    draftGone:
      'このフォームは開いてから1時間を過ぎ、ファイルが失われました。**編集**から確認してください。',
    twice: 'すでに作成中です。少し前に同じ依頼を受けています。',
    directClosed:
      'ダイレクトメッセージが閉じられているため、あなたに送れません。何も送信されていません。このサーバーからのダイレクトメッセージを許可するか、「非公開」オプションなしでお試しください。',
    directUnclear:
      '今はダイレクトメッセージを送れませんでした。何も送信されていません。少し待ってからもう一度お試しください。',
    active_other:
      '作成中の動画が{{count, number}}本あります。どれかが終わるのを待つか、キャンセルしてください。',
    noneToday: '現在は誰も動画を作れません。Botのオーナーが1日の上限をゼロにしています。',
    memberDay_other: '今日の{{count, number}}本を使い切りました。次に依頼できるのは{{when}}です。',
    credits_other:
      'このBotの今日の{{count, number}} クレジットの残りでは、この動画を作れません。次に作成できるのは{{when}}です。',
    usedUp: '{{limit}}に達したか、残りがこの動画には足りません。次に使えるのは{{when}}です。',
    cooldown: '依頼したばかりです。次に依頼できるのは{{when}}です。',
    struck:
      '内容を理由に拒否された動画がいくつかあるため、1日は新しく作れません。次に依頼できるのは{{when}}です。',
    promptEmpty: 'プロンプトが空です。動画の内容を書いてください。',
    promptLong: 'プロンプトは{{length, number}}文字あります。上限は{{max, number}}文字です。',
    model:
      'そのモデルはここでは使えません。{{models, list(type: disjunction)}} から選んでください。',
    durationRange: '{{model}} は{{first, number}}〜{{last, number}}秒の動画を、1秒単位で作れます。',
    durationList: '{{model}} で作れるのは{{lengths, list(type: disjunction)}}秒です。',
    shape: 'そのアスペクト比は使えません。{{shapes, list(type: disjunction)}} から選んでください。',
    shapeOfModel:
      '{{model}} はそのアスペクト比に対応していません。{{shapes, list(type: disjunction)}} を選ぶか、別のモデルにしてください。',
    resolution:
      'その解像度はここでは使えません。{{resolutions, list(type: disjunction)}} から選んでください。',
    resolutionOfModel:
      '{{model}} はその解像度に対応していません。{{resolutions, list(type: disjunction)}} を選ぶか、別のモデルにしてください。',
    soundOnly: '音声だけを参考にすることはできません。画像か動画を加えてください。',
    tooMany: '参考は{{count, number}}点までです。',
    file: '参考 {{number}}（{{name}}）：{{what}}',
    kind: 'この種類のファイルは使えません。使える形式は、画像：{{pictures, list(type: disjunction)}} ／ 動画：{{clips, list(type: disjunction)}} ／ 音声：{{sounds, list(type: disjunction)}} です。',
    address: 'アドレスが使えません。ファイルを添付し直してください。',
    fileExpired: 'このファイルは期限切れです。添付し直してください。',
    large: 'この画像は大きすぎます。{{megabytes, number}} MB未満にしてください。',
    sides:
      'この画像は {{width}} × {{height}} ピクセルです。各辺は {{min}}〜{{max}} ピクセルにしてください。',
    wide: 'この画像は横に長すぎます（{{width}} × {{height}} ピクセル）。長い辺が短い辺の2.5倍以内になるように切り抜いてください。',
    tall: 'この画像は縦に長すぎます（{{width}} × {{height}} ピクセル）。長い辺が短い辺の2.5倍以内になるように切り抜いてください。',
    nothingToAnimate: 'このメッセージには、使える画像、動画、音声がありません。',
    cancelNotYours: 'キャンセルできるのは、この動画を依頼したメンバーかモデレーターだけです。',
    cancelNote: 'キャンセルを受け付けられませんでした。少し待ってからもう一度押してください。',
    madeAlready: 'この動画はすでに完成しています。もうキャンセルできません。',
    cancelledAlready: 'すでにキャンセルされています。',
    endedAlready: 'すでに終了しています。キャンセルするものはありません。',
    cantStop: 'Seedance 側でもう止められません。',
    deleteNotYours: '削除できるのは、この動画を依頼したメンバーかモデレーターだけです。',
    deleteRunning: 'これはまだ進行中です。キャンセルするか、完了するまでお待ちください。',
    deleteFailed: '今は削除できませんでした。少し待ってからもう一度お試しください。',
    anywayNotYours: '再試行できるのは、この動画を依頼したメンバーだけです。',
    notAgain: 'このままでは再試行できません。**編集**を使ってください。',
    videoLinkOld: 'この表示は古く、動画を使えません。カードの**詳細**をもう一度押してください。',
    noVideo: '動画が見つかりません。Seedance での保存は一定期間だけです。',
    settingsNotSaved: '保存できませんでした。少し待ってからもう一度お試しください。',
    comesDirectly: '依頼した人のダイレクトメッセージに送っています。',
    deleteFromCard:
      'カードの**詳細**をもう一度押してから**削除**を押してください。そうしないとカードに届きません。',
    notHere: 'この操作は、カードのある場所でしかできません。',
  },
} as const;
