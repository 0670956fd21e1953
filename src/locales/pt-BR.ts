/** Brazilian Portuguese. */
export const ptBR = {
  command: {
    video: {
      name: 'vídeo',
      description:
        'Cria um vídeo. Seu prompt e seus arquivos são enviados ao Seedance (seedance2.ink).',
      prompt: {
        name: 'prompt',
        description: 'O que deve acontecer. Deixe vazio para um formulário',
      },
      reference1: {
        name: 'referência1',
        description: 'Imagem, clipe ou som de base. Fotos de pessoas reais costumam ser recusadas.',
      },
      reference2: {
        name: 'referência2',
        description: 'Segunda imagem, clipe ou som. Só duas imagens: a primeira e a última.',
      },
      reference3: { name: 'referência3', description: 'Terceira imagem, clipe ou som' },
      reference4: { name: 'referência4', description: 'Quarta imagem, clipe ou som' },
      reference5: { name: 'referência5', description: 'Quinta imagem, clipe ou som' },
      model: { name: 'modelo', description: 'Qual modelo cria o vídeo' },
      duration: { name: 'duração', description: 'Quantos segundos ele dura' },
      aspect_ratio: {
        name: 'proporção',
        description: 'O formato. Se vazio: o da primeira imagem; sem imagem, 16:9',
      },
      resolution: {
        name: 'resolução',
        description: 'A nitidez. Quanto maior, mais caro e mais demorado',
      },
      private: {
        name: 'privado',
        description: 'Enviar o vídeo para suas mensagens diretas em vez deste canal',
      },
    },
    videos: { name: 'vídeos', description: 'Seus últimos vídeos, só para você ver' },
    settings: {
      name: 'configurações',
      description: 'Seus padrões, avisos, idioma e exclusão dos seus dados',
    },
    help: {
      name: 'ajuda',
      description: 'O que este bot faz e para onde vão seus textos e arquivos',
    },
    animate: { name: 'Animar' },
    report: { name: 'Denunciar vídeo' },
    admin: {
      name: 'admin-vídeos',
      description: 'O que este bot pode fazer neste servidor',
      usage: { name: 'uso', description: 'O que foi criado e gasto hoje e neste mês' },
      limits: {
        name: 'limites',
        description: 'Limites neste servidor. Sem opções: o que vale agora',
      },
      channels: { name: 'canais', description: 'Onde se pode pedir vídeos' },
      roles: { name: 'cargos', description: 'Quem pode pedir vídeos e quem recebe mais' },
      log: { name: 'registro', description: 'Um canal que conta o que acontece aqui com este bot' },
      block: { name: 'bloquear', description: 'Impedir que um membro crie vídeos aqui' },
      unblock: {
        name: 'desbloquear',
        description: 'Deixar que um membro bloqueado volte a criar vídeos',
      },
      pause: { name: 'pausar', description: 'Para o dono do bot: não aceitar vídeos novos' },
      resume: { name: 'retomar', description: 'Para o dono do bot: voltar a aceitar vídeos' },
      option: {
        member: { name: 'membro', description: 'De quem se trata' },
        for: { name: 'para', description: 'Cada membro ou todos juntos. Se omitido: cada membro' },
        per: { name: 'por', description: 'Por dia ou por mês. Se omitido: por dia' },
        videos: { name: 'vídeos', description: 'Quantos vídeos. −1: sem limite' },
        credits: { name: 'créditos', description: 'Quantos créditos do Seedance. −1: sem limite' },
        cooldown: {
          name: 'espera',
          description: 'Segundos entre dois vídeos de um membro. 0: nenhum',
        },
        add: { name: 'adicionar', description: 'Mais um que vale' },
        remove: { name: 'remover', description: 'Um que não vale mais' },
        everywhere: { name: 'todos', description: 'De novo em todos os canais' },
        everyone: { name: 'todos', description: 'De novo todos podem' },
        more: { name: 'mais', description: 'Um cargo que recebe mais: com vídeos ou créditos' },
        channel: { name: 'canal', description: 'Onde eu escrevo' },
        off: { name: 'desativar', description: 'Sem registro daqui em diante' },
        prompts: { name: 'prompts', description: 'Se conta o que os membros pedem' },
      },
      choice: {
        eachMember: 'Cada membro',
        together: 'Todos juntos',
        day: 'Por dia',
        month: 'Por mês',
      },
    },
  },

  model: {
    best: 'a melhor imagem; combina imagens, clipes e som',
    quick: 'mais rápido, para experimentar',
    simple: 'movimento simples a partir de uma imagem',
  },
  shape: { wide: 'Horizontal {{ratio}}', tall: 'Vertical {{ratio}}', square: 'Quadrado {{ratio}}' },
  seconds: '{{count, number}} s',
  credits_one: '{{count, number}} crédito',
  credits_many: '{{count, number}} de créditos',
  credits_other: '{{count, number}} créditos',
  about_one: 'cerca de {{count, number}} crédito',
  about_many: 'cerca de {{count, number}} de créditos',
  about_other: 'cerca de {{count, number}} créditos',
  reference: 'Referência {{number}}',

  button: {
    cancel: 'Cancelar',
    remix: 'Remixar',
    again: 'De novo',
    more: 'Mais',
    edit: 'Editar',
    tryAgain: 'Tentar de novo',
    tryWithout: 'Tentar sem ela',
    tryAnyway: 'Tentar mesmo assim',
    tryAnywaySure: 'Sim, pode cobrar em dobro',
    useAsReference: 'Usar como referência',
    download: 'Baixar',
    delete: 'Excluir',
    deleteSure: 'Sim, excluir',
    makeItSeconds: 'Fazer com {{count, number}} s',
    makeAnother: 'Criar um vídeo',
    showResult: 'Ver resultado',
    newer: 'Mais recentes',
    older: 'Mais antigos',
    deleteData: 'Excluir meus dados',
    deleteDataSure: 'Sim, excluir tudo',
    privacy: 'Privacidade',
    support: 'Suporte',
    report: 'Denunciar',
    reportSure: 'Sim, denunciar',
  },

  card: {
    inLine: 'Na fila',
    next: 'é o próximo',
    ahead_one: '{{count, number}} na frente quando você pediu',
    ahead_many: '{{count, number}} na frente quando você pediu',
    ahead_other: '{{count, number}} na frente quando você pediu',
    waiting: 'esperando o Seedance',
    making: 'Criando seu vídeo',
    words: 'Só texto',
    firstFrame: 'A partir da imagem 1',
    firstAndLastFrame: 'Da imagem 1 à imagem 2',
    references_one: 'Com {{count, number}} referência',
    references_many: 'Com {{count, number}} de referências',
    references_other: 'Com {{count, number}} referências',
    for: 'Para {{member}}',
    asked: 'Pedido {{when}}',
    started: 'Iniciado {{when}}',
    usually: 'costuma levar {{time}}',
    source: 'Da [mensagem original]({{url}})',
    leftOut: 'Retirado do prompt: {{flags}}',
    cantStop: 'O Seedance não consegue mais parar este: o vídeo vai chegar.',
    tokenEnds:
      'Isto está demorando mais do que o Discord me deixa alterar esta mensagem. Toque em **Ver resultado** mais tarde.',
    aiGenerated: 'Gerado por IA',
    took: 'levou {{time}}',
    altText: 'Vídeo de IA: {{prompt}}',
    tooBig: 'Grande demais para anexar aqui. Salve logo; o link não vai durar.',
    notAttached: 'Não foi possível anexar. Salve logo; o link não vai durar.',
    inWords:
      'O Discord não mostra aqui: [abrir o vídeo](<{{url}}>). Salve logo; o link não vai durar.',
    elsewhere: 'O vídeo está [em uma mensagem própria]({{url}}).',
  },

  end: {
    cancelled: 'Cancelado',
    lost: 'Perdemos a resposta',
    lostWords:
      'Seu vídeo pode ter sido iniciado e cobrado, mas não o encontramos. Tentar de novo pode cobrar duas vezes.',
    reference: 'A referência {{number}} foi recusada',
    someReference: 'Uma referência foi recusada',
    pictureWords: 'Fotos de pessoas reais são um motivo comum. Tente outra imagem.',
    referenceWords: 'Pessoas reais nela são um motivo comum. Tente outra.',
    prompt: 'O prompt foi recusado',
    promptWords: 'Tente descrever de outro jeito.',
    account: 'O bot não pode criar vídeos agora',
    accountWords: 'O dono dele já foi avisado.',
    service: 'O Seedance não está respondendo',
    serviceWords: 'Não há nada de errado com seu prompt.',
    expired: 'Os arquivos expiraram',
    expiredWords: 'Nada foi enviado. Adicione-os de novo com **Editar**.',
    tooLong: 'Demorou demais',
    tooLongWords: 'Paramos de esperar depois de {{time}}.',
    budget: 'Este não foi feito',
    budgetWords: 'Nada foi enviado. Será possível criar novos {{when}}.',
    budgetNever: 'Nada foi enviado.',
    other: 'Este não deu certo',
    otherWords:
      'O Seedance não conseguiu criá-lo. Um prompt mais simples ou outras referências podem ajudar.',
    notStarted: 'Este nem começou',
    notStartedWords: 'Ele se perdeu antes de começar. Use {{command}} de novo.',
  },

  ping: {
    ready: '{{member}}, seu vídeo está pronto.',
    failed: '{{member}}, seu vídeo não deu certo.',
  },

  form: {
    make: 'Criar um vídeo',
    remix: 'Remixar',
    edit: 'Editar',
    animate: 'Animar',
    reuse: 'Usar como referência',
    prompt: 'Prompt',
    promptHint: 'O que deve acontecer no vídeo',
    model: 'Modelo',
    length: 'Duração',
    fewLengths: '{{model}} só faz {{lengths, list(type: disjunction)}} s.',
    fewRange: '{{model}} só faz de {{first}} a {{last}} s.',
    shape: 'Formato e qualidade',
    references: 'Referências',
    hint: 'Imagens, clipes ou sons. Fotos de pessoas reais costumam ser recusadas.',
    kept_one: '{{count, number}} mantido. Arquivos novos o substituem.',
    kept_many: '{{count, number}} mantidos. Arquivos novos substituem todos.',
    kept_other: '{{count, number}} mantidos. Arquivos novos substituem todos.',
    expired: 'Os arquivos antigos expiraram. Adicione-os de novo ou deixe vazio.',
    reusing_one: 'Este vídeo é a referência 1. Adicione até mais {{count, number}}.',
    reusing_many: 'Este vídeo é a referência 1. Adicione até mais {{count, number}}.',
    reusing_other: 'Este vídeo é a referência 1. Adicione até mais {{count, number}}.',
  },

  more: {
    title: 'Sobre este vídeo',
    prompt: 'O prompt, como foi enviado',
    referencesExpired: 'os arquivos em si já expiraram',
    charged: 'Cobrado: {{credits}}',
    expected: 'Um vídeo assim custa {{credits}}, como da última vez',
    asked: 'Pedido {{when}}',
    submitted: 'Enviado {{when}}',
    ended: 'Encerrado {{when}}',
    id: 'Tarefa {{id}}',
    downloadHere: 'Aqui está. O link não vai durar.',
    deleteAsk:
      'Excluir este vídeo? O cartão, o aviso e o meu registro dele serão apagados. Não dá para desfazer.',
    deleted: 'Excluído.',
    deletedNotCard:
      'Meu registro dele foi apagado, mas o Discord não me deixa remover a mensagem. Peça a um moderador.',
    anywayAsk:
      'A primeira tentativa pode já ter sido cobrada. Tentar de novo pode cobrar duas vezes. Quer continuar mesmo assim?',
    reportAsk:
      'Denunciar este vídeo? Quem cuida disso vê o vídeo, o que foi pedido e que foi você quem denunciou.',
    reportCardAsk:
      'Denunciar esta mensagem? Não tenho mais registro do vídeo: quem cuida disso recebe o link e vê que foi você quem denunciou.',
    reportedServer: 'Obrigado, os administradores deste servidor foram avisados.',
    reportedOwner: 'Obrigado, o dono deste bot foi avisado.',
  },

  admin: {
    title: 'O que vale neste servidor',
    saved: 'Salvo.',
    member: 'Cada membro: {{limits}}',
    server: 'Todos juntos: {{limits}}',
    more: 'Mais para {{role}}: {{limits}}',
    cooldown: 'Entre dois vídeos de um membro: {{time}}',
    noLimit: 'sem limite',
    perDay: '{{what}} por dia',
    perMonth: '{{what}} por mês',
    channels: 'Canais: {{channels}}',
    everywhere: 'em toda parte',
    roles: 'Quem pode: {{roles}}',
    everyone: 'todos',
    blocked_one: 'Bloqueado: {{count, number}} membro',
    blocked_many: 'Bloqueados: {{count, number}} de membros',
    blocked_other: 'Bloqueados: {{count, number}} membros',
    log: 'Registro: {{channel}}',
    logOff: 'desativado',
    logPrompts: 'com prompts',
    logFails:
      'Não consigo escrever no canal do registro: deixe-me vê-lo e enviar mensagens lá, ou escolha outro.',
    logBegins: 'A partir de agora escrevo aqui o que acontece comigo neste servidor.',
    bounds: 'O dono do bot permite no máximo',
    usage: 'Uso neste servidor',
    today: 'Hoje: {{what}}',
    month: 'Neste mês: {{what}}',
    nobody: 'Ninguém criou um vídeo neste mês.',
    deletedMember: 'alguém que excluiu seus dados',
    pausedNow:
      '{{member}} me pausou {{when}}. O que está na fila espera; o que está sendo criado continua.',
    resumedNow: 'Não estou em pausa: aceito vídeos novos.',
  },

  audit: {
    submitted: '{{who}}: enviado',
    refused: '{{who}}: recusado pelo conteúdo',
    failed: '{{who}}: falhou ({{why}})',
    unconfirmed: '{{who}}: a resposta se perdeu, pode ter sido cobrado',
    deleted: '{{who}}: excluído por {{by}}',
    forgot: 'Um membro excluiu os próprios dados',
    struck: '{{who}}: recusado vezes demais pelo conteúdo; pode pedir de novo {{when}}',
    admin: '{{by}} mudou: {{what}}',
    reported: '{{who}}: {{by}} denunciou',
    reportedCard: 'Um vídeo do qual não tenho mais registro: {{by}} denunciou',
    direct: 'em mensagens diretas',
    leftOut: '… e mais: {{number, number}}',
  },

  videos: {
    title: 'Seus vídeos',
    none: 'Você ainda não criou nenhum. Use {{command}}.',
    left_one: 'resta {{count, number}} vídeo hoje',
    left_many: 'restam {{count, number}} de vídeos hoje',
    left_other: 'restam {{count, number}} vídeos hoje',
    page: 'Página {{page, number}} de {{pages, number}}',
    card: '[cartão]({{url}})',
    removed: 'a mensagem foi removida',
    state: {
      waiting: 'Na fila',
      submitting: 'Na fila',
      queued: 'Em produção',
      processing: 'Em produção',
      delivering: 'Quase pronto',
      succeeded: 'Concluído',
      failed: 'Não deu certo',
      cancelled: 'Cancelado',
      unconfirmed: 'Sem resposta',
      undelivered: 'Concluído, mas não pôde ser mostrado',
    },
  },

  settings: {
    title: 'Suas configurações',
    intro: 'O que você escolher aqui é salvo na hora e usado quando você deixar algo vazio.',
    model: 'Modelo',
    length: 'Duração',
    shape: 'Formato e qualidade',
    ping: 'Avisos',
    language: 'Idioma',
    usual: 'Sem preferência',
    pingOn: 'Me mencionar quando terminar um vídeo que levou mais de um minuto',
    pingOff: 'Não me mencionar',
    asInDiscord: 'O mesmo do Discord',
    deleteAsk:
      'Excluir tudo o que guardo sobre você? Os vídeos em andamento são cancelados, e sua lista de vídeos e suas configurações são apagadas. O que os limites exigem fica sem o seu nome até o fim do mês. Um bloqueio seu em um servidor fica até que quem o administra o retire, e o que foi denunciado fica mais tempo que o resto. Os cartões que estão nos canais ficam: exclua-os antes em **Mais**.',
    deleted: 'Seus dados foram excluídos.',
    deletedSome_one:
      'Seus dados foram excluídos, exceto {{count, number}} vídeo ainda em andamento: ele está sendo cancelado, e o registro dele some quando terminar.',
    deletedSome_many:
      'Seus dados foram excluídos, exceto {{count, number}} de vídeos ainda em andamento: eles estão sendo cancelados, e os registros deles somem quando terminarem.',
    deletedSome_other:
      'Seus dados foram excluídos, exceto {{count, number}} vídeos ainda em andamento: eles estão sendo cancelados, e os registros deles somem quando terminarem.',
  },

  help: {
    title: 'Vídeos a partir de textos, imagens, clipes e sons',
    make: '{{command}} cria um vídeo com um prompt e até cinco arquivos. Sem prompt, abre um formulário.',
    animate:
      'Em qualquer mensagem com imagens, clipes ou sons: **Apps** → **{{animate}}** dá vida a eles.',
    cards: '**Remixar** muda um vídeo pronto, **De novo** faz mais um, e **Mais** tem o resto.',
    own: '{{videos}} lista seus vídeos; {{settings}} guarda seus padrões.',
    allowed:
      'Crie apenas o que as regras do Discord, deste servidor e do Seedance permitem: nada de pessoas reais sem o consentimento delas, nada sexual, nada que faça mal. Os vídeos são marcados como gerados por IA.',
    data: 'Seu prompt e seus arquivos vão para o Seedance (seedance2.ink), que cria o vídeo. O cartão com seu prompt, seus arquivos e o vídeo fica visível para todo o canal, a menos que você use a opção “privado”. Guardo um registro dos seus vídeos para a sua lista; {{settings}} o exclui.',
  },

  sent: {
    privateDone: 'Está nas [suas mensagens diretas]({{url}}).',
    cancelSoon: 'Está sendo enviado agora. Cancelo assim que puder.',
    yourPrompt: 'Seu prompt:',
  },

  permission: {
    viewChannel: 'Ver canal',
    attachFiles: 'Anexar arquivos',
    embedLinks: 'Inserir links',
  },

  limit: {
    videos_one: '{{count, number}} vídeo',
    videos_many: '{{count, number}} de vídeos',
    videos_other: '{{count, number}} vídeos',
    member: { day: 'Seu limite de {{amount}} por dia', month: 'Seu limite de {{amount}} por mês' },
    memberHere: {
      day: 'Seu limite de {{amount}} por dia neste servidor',
      month: 'Seu limite de {{amount}} por mês neste servidor',
    },
    server: {
      day: 'O limite deste servidor de {{amount}} por dia',
      month: 'O limite deste servidor de {{amount}} por mês',
    },
    bot: {
      day: 'O limite deste bot de {{amount}} por dia',
      month: 'O limite deste bot de {{amount}} por mês',
    },
  },
  refusal: {
    place: 'Não crio vídeos aqui: meu dono não me liberou para este lugar.',
    permission_one:
      'Não posso mostrar um vídeo neste canal: falta a permissão {{permissions, list}}. Peça a um moderador que a conceda ou use outro canal.',
    permission_many:
      'Não posso mostrar um vídeo neste canal: faltam as permissões {{permissions, list}}. Peça a um moderador que as conceda ou use outro canal.',
    permission_other:
      'Não posso mostrar um vídeo neste canal: faltam as permissões {{permissions, list}}. Peça a um moderador que as conceda ou use outro canal.',
    account: 'O bot não pode criar vídeos agora. O dono dele já foi avisado.',
    store:
      'Não posso aceitar novos vídeos por um momento. Nada foi enviado. Tente de novo em breve.',
    restarting: 'Estou sendo reiniciado. Tente de novo em um minuto.',
    broken: 'Algo deu errado do meu lado. Tente de novo em instantes.',
    unknown: 'Isto é de uma versão antiga minha e não funciona mais.',
    noRecord: 'Não tenho registro deste vídeo. Você pode criar um novo.',
    noDraft: 'Não tenho mais o que você escreveu aqui: guardo por uma hora.',
    draftGone:
      'Este formulário tem mais de uma hora, e os arquivos dele se foram. Revise com **Editar**.',
    twice: 'Isso já está em andamento: você pediu há pouco.',
    directClosed:
      'Não posso escrever para você: suas mensagens diretas estão fechadas para mim. Nada foi enviado. Abra-as para este servidor ou peça sem a opção “privado”.',
    directUnclear:
      'Não consegui chegar às suas mensagens diretas agora. Nada foi enviado. Tente de novo em instantes.',
    active_one: 'Você tem {{count, number}} vídeo em andamento. Espere terminar ou cancele.',
    active_many:
      'Você tem {{count, number}} de vídeos em andamento. Espere um terminar ou cancele um.',
    active_other:
      'Você tem {{count, number}} vídeos em andamento. Espere um terminar ou cancele um.',
    noneToday:
      'Por enquanto ninguém pode criar vídeos comigo: meu dono definiu o limite do dia como zero.',
    memberDay_one: 'Você já usou seu {{count, number}} vídeo de hoje. Pode pedir de novo {{when}}.',
    memberDay_many:
      'Você já usou seus {{count, number}} de vídeos de hoje. Pode pedir de novo {{when}}.',
    memberDay_other:
      'Você já usou seus {{count, number}} vídeos de hoje. Pode pedir de novo {{when}}.',
    credits_one:
      'O que resta de {{count, number}} crédito de hoje deste bot não basta para este vídeo. Será possível criar novos {{when}}.',
    credits_many:
      'O que resta dos {{count, number}} de créditos de hoje deste bot não basta para este vídeo. Será possível criar novos {{when}}.',
    credits_other:
      'O que resta dos {{count, number}} créditos de hoje deste bot não basta para este vídeo. Será possível criar novos {{when}}.',
    usedUp: '{{limit}} acabou, ou o que resta não basta para este vídeo. Abre de novo {{when}}.',
    none: '{{limit}} não permite nenhum.',
    tooDear:
      '{{limit}} não é suficiente para este vídeo. Um mais curto ou menos nítido pode custar menos.',
    cooldown: 'Há uma pausa entre um vídeo e o próximo. Pode pedir de novo {{when}}.',
    struck:
      'Vários dos seus vídeos foram recusados pelo conteúdo, então você não pode criar novos por um dia. Pode pedir de novo {{when}}.',
    promptEmpty: 'O prompt está vazio. Descreva o que deve acontecer no vídeo.',
    promptLong: 'O prompt tem {{length, number}} caracteres. Pode ter no máximo {{max, number}}.',
    model: 'Esse modelo não está disponível aqui. Escolha {{models, list(type: disjunction)}}.',
    durationRange:
      '{{model}} faz de {{first, number}} a {{last, number}} segundos, em segundos inteiros.',
    durationList: '{{model}} faz {{lengths, list(type: disjunction)}} segundos.',
    shape: 'Essa proporção não está disponível. Escolha {{shapes, list(type: disjunction)}}.',
    shapeOfModel:
      'O {{model}} não faz essa proporção. Escolha {{shapes, list(type: disjunction)}} ou outro modelo.',
    resolution:
      'Essa resolução não está disponível aqui. Escolha {{resolutions, list(type: disjunction)}}.',
    resolutionOfModel:
      'O {{model}} não faz essa resolução. Escolha {{resolutions, list(type: disjunction)}} ou outro modelo.',
    soundOnly: 'Um som não pode ser a única referência. Adicione uma imagem ou um clipe.',
    tooMany: 'Pode haver no máximo {{count, number}} referências.',
    file: 'Referência {{number}} ({{name}}): {{what}}',
    kind: 'este tipo de arquivo não serve. Imagens: {{pictures, list(type: disjunction)}}; clipes: {{clips, list(type: disjunction)}}; sons: {{sounds, list(type: disjunction)}}.',
    address: 'o endereço dele não serve. Anexe o arquivo de novo.',
    fileExpired: 'este arquivo expirou. Anexe-o de novo.',
    large: 'esta imagem é grande demais. Ela deve ter menos de {{megabytes, number}} MB.',
    sides:
      'esta imagem tem {{width}} × {{height}} pixels. Cada lado deve ter de {{min}} a {{max}}.',
    wide: 'esta imagem é larga demais: {{width}} × {{height}} pixels. Recorte-a para que nenhum lado passe de duas vezes e meia o outro.',
    tall: 'esta imagem é alta demais: {{width}} × {{height}} pixels. Recorte-a para que nenhum lado passe de duas vezes e meia o outro.',
    nothingToAnimate: 'Esta mensagem não tem imagem, clipe ou som que eu possa usar.',
    cancelNotYours: 'Só quem pediu este vídeo, ou um moderador, pode cancelá-lo.',
    cancelNote: 'Não consegui anotar o cancelamento. Toque de novo em instantes.',
    madeAlready: 'Este vídeo já está pronto. Não dá mais para cancelar.',
    cancelledAlready: 'Este já foi cancelado.',
    endedAlready: 'Este já terminou: não há nada para cancelar.',
    cantStop: 'O Seedance não consegue mais parar este.',
    deleteNotYours: 'Só quem pediu este vídeo, ou um moderador, pode excluí-lo.',
    deleteRunning: 'Este ainda está em andamento. Cancele ou espere terminar.',
    deleteFailed: 'Não foi possível excluir agora. Tente de novo em instantes.',
    anywayNotYours: 'Só quem pediu este vídeo pode tentar de novo.',
    notAgain: 'Este não pode ser repetido como está. Use **Editar**.',
    videoLinkOld:
      'Esta lista é antiga demais para usar o vídeo dela. Toque em **Mais** no cartão de novo.',
    noVideo: 'Não encontro mais o vídeo: o Seedance só o guarda por um tempo.',
    settingsNotSaved: 'Não consegui salvar. Tente de novo em instantes.',
    comesDirectly: 'Está sendo enviado às mensagens diretas de quem pediu.',
    deleteFromCard:
      'Aperte **Mais** de novo no cartão e depois **Excluir**: de outro modo não alcanço o cartão.',
    notHere: 'Só posso fazer isso onde o cartão está.',
    channel:
      'Os administradores deste servidor só me deixam criar vídeos em {{channels, list(type: disjunction)}}. Peça por lá.',
    role: 'Os administradores deste servidor só me deixam criar vídeos para quem tem um destes cargos: {{roles, list(type: disjunction)}}.',
    left: 'Você não faz mais parte do servidor em que isto foi pedido. Peça em outro.',
    placeUnclear:
      'Não consegui verificar agora se você pode fazer um vídeo aqui. Nada foi enviado. Tente de novo daqui a pouco.',
    blocked: 'Os administradores deste servidor bloquearam você: não dá para criar vídeos comigo.',
    accountNew:
      'Sua conta do Discord é nova demais para mim: meu dono pede um pouco de paciência. Você poderá pedir {{when}}.',
    paused:
      'Meu dono me pausou: por enquanto não aceito vídeos novos. Nada foi enviado. Tente mais tarde.',
    ownerOnly: 'Só o dono deste bot pode fazer isso.',
    ownerUnknown: 'Não consegui descobrir agora quem é meu dono. Tente de novo em instantes.',
    tooManyNamed: 'Pode haber no máximo {{max, number}}. Remova um primeiro.',
    moreOfWhat: 'Diga quantos vídeos ou créditos esse cargo recebe.',
    noLog: 'Ainda não há um canal de registro. Escolha um primeiro.',
    usageUnread: 'Não consigo contar agora. Tente de novo em instantes.',
    rulesUnread:
      'Não consigo ler as configurações deste servidor agora. Tente de novo em instantes.',
    reportNowhere: 'Não há a quem avisar aqui: nenhum canal de registro foi definido.',
    reportTwice: 'Você já denunciou este.',
    reportMany: 'São muitas denúncias em uma hora. Tente mais tarde.',
    reportFailed: 'Não consegui repassar isso agora. Avise um moderador, por favor.',
    notMine: 'Nesta mensagem não há um vídeo meu que tenha terminado.',
  },
} as const;
