/** Spanish that reads well in Spain and in Latin America. */
export const esES = {
  command: {
    video: {
      name: 'video',
      description: 'Crea un video. Tu prompt y tus archivos se envían a Seedance (seedance2.ink).',
      prompt: {
        name: 'prompt',
        description: 'Qué debe pasar. Si lo omites, se abre un formulario',
      },
      reference1: {
        name: 'referencia1',
        description:
          'Imagen, clip o audio de base. Las fotos de personas reales se suelen rechazar.',
      },
      reference2: {
        name: 'referencia2',
        description:
          'Segunda imagen, clip o audio. Con dos imágenes solas: la primera y la última.',
      },
      reference3: { name: 'referencia3', description: 'Tercera imagen, clip o audio' },
      reference4: { name: 'referencia4', description: 'Cuarta imagen, clip o audio' },
      reference5: { name: 'referencia5', description: 'Quinta imagen, clip o audio' },
      model: { name: 'modelo', description: 'Qué modelo lo crea' },
      duration: { name: 'duración', description: 'Cuántos segundos dura' },
      aspect_ratio: {
        name: 'proporción',
        description: 'Su forma. Si la omites: la de la primera imagen; sin imagen, 16:9',
      },
      resolution: {
        name: 'resolución',
        description: 'La nitidez. Cuanto mayor, más caro y más lento',
      },
      private: {
        name: 'privado',
        description: 'Enviar el video a tus mensajes directos en vez de a este canal',
      },
    },
    videos: { name: 'videos', description: 'Tus últimos videos; solo los ves tú' },
    settings: {
      name: 'ajustes',
      description: 'Tus valores predeterminados, avisos, idioma y borrar tus datos',
    },
    help: {
      name: 'ayuda',
      description: 'Qué hace este bot y adónde van tus textos y archivos',
    },
    animate: { name: 'Animar' },
    report: { name: 'Denunciar video' },
    admin: {
      name: 'admin-videos',
      description: 'Qué puede hacer este bot en este servidor',
      usage: { name: 'uso', description: 'Lo que se creó y gastó hoy y este mes' },
      limits: {
        name: 'límites',
        description: 'Límites en este servidor. Sin opciones: lo que rige ahora',
      },
      channels: { name: 'canales', description: 'Dónde se pueden pedir videos' },
      roles: { name: 'roles', description: 'Quién puede pedir videos y quién recibe más' },
      log: { name: 'registro', description: 'Un canal que cuenta lo que pasa aquí con este bot' },
      block: { name: 'bloquear', description: 'Impedir que un miembro cree videos aquí' },
      unblock: {
        name: 'desbloquear',
        description: 'Dejar que un miembro bloqueado vuelva a crear videos',
      },
      pause: {
        name: 'pausar',
        description: 'Para el propietario del bot: no aceptar videos nuevos',
      },
      resume: {
        name: 'reanudar',
        description: 'Para el propietario del bot: volver a aceptar videos',
      },
      option: {
        member: { name: 'miembro', description: 'De quién se trata' },
        for: {
          name: 'para',
          description: 'Cada miembro o todos juntos. Si se omite: cada miembro',
        },
        per: { name: 'por', description: 'Al día o al mes. Si se omite: al día' },
        videos: { name: 'videos', description: 'Cuántos videos. −1: sin límite' },
        credits: { name: 'créditos', description: 'Cuántos créditos de Seedance. −1: sin límite' },
        cooldown: {
          name: 'espera',
          description: 'Segundos entre dos videos de un miembro. 0: ninguno',
        },
        add: { name: 'añadir', description: 'Uno más que vale' },
        remove: { name: 'quitar', description: 'Uno que ya no vale' },
        everywhere: { name: 'todos', description: 'Otra vez en todos los canales' },
        everyone: { name: 'todos', description: 'Otra vez todos pueden' },
        more: { name: 'más', description: 'Un rol que recibe más: con videos o créditos' },
        channel: { name: 'canal', description: 'Dónde lo escribo' },
        off: { name: 'desactivar', description: 'Ya sin registro' },
        prompts: { name: 'prompts', description: 'Si cuenta lo que piden los miembros' },
      },
      choice: {
        eachMember: 'Cada miembro',
        together: 'Todos juntos',
        day: 'Al día',
        month: 'Al mes',
      },
    },
  },

  model: {
    best: 'la mejor imagen; combina imágenes, clips y audio',
    quick: 'más rápido, para hacer pruebas',
    simple: 'movimiento sencillo a partir de una imagen',
  },
  shape: { wide: 'Horizontal {{ratio}}', tall: 'Vertical {{ratio}}', square: 'Cuadrado {{ratio}}' },
  seconds: '{{count, number}} s',
  credits_one: '{{count, number}} crédito',
  credits_many: '{{count, number}} de créditos',
  credits_other: '{{count, number}} créditos',
  about_one: 'alrededor de {{count, number}} crédito',
  about_many: 'alrededor de {{count, number}} de créditos',
  about_other: 'alrededor de {{count, number}} créditos',
  reference: 'Referencia {{number}}',

  button: {
    cancel: 'Cancelar',
    remix: 'Remezclar',
    again: 'Otra vez',
    more: 'Más',
    edit: 'Editar',
    tryAgain: 'Reintentar',
    tryWithout: 'Probar sin ella',
    tryAnyway: 'Reintentar igualmente',
    tryAnywaySure: 'Sí, puede cobrarse doble',
    useAsReference: 'Usar de referencia',
    download: 'Descargar',
    delete: 'Eliminar',
    deleteSure: 'Sí, eliminarlo',
    makeItSeconds: 'Que dure {{count, number}} s',
    makeAnother: 'Crear un video',
    showResult: 'Ver resultado',
    newer: 'Más recientes',
    older: 'Más antiguos',
    deleteData: 'Eliminar mis datos',
    deleteDataSure: 'Sí, eliminar todo',
    privacy: 'Privacidad',
    support: 'Soporte',
    report: 'Denunciar',
    reportSure: 'Sí, denunciarlo',
  },

  card: {
    inLine: 'En cola',
    next: 'es el siguiente',
    ahead_one: '{{count, number}} por delante cuando lo pediste',
    ahead_many: '{{count, number}} por delante cuando lo pediste',
    ahead_other: '{{count, number}} por delante cuando lo pediste',
    waiting: 'esperando a Seedance',
    making: 'Creando tu video',
    words: 'Solo texto',
    firstFrame: 'A partir de la imagen 1',
    firstAndLastFrame: 'De la imagen 1 a la imagen 2',
    references_one: 'Con {{count, number}} referencia',
    references_many: 'Con {{count, number}} de referencias',
    references_other: 'Con {{count, number}} referencias',
    for: 'Para {{member}}',
    asked: 'Pedido {{when}}',
    started: 'Empezó {{when}}',
    usually: 'suele tardar {{time}}',
    source: 'De [este mensaje]({{url}})',
    leftOut: 'Se quitó del prompt: {{flags}}',
    cantStop: 'Seedance ya no puede detener este: el video llegará.',
    tokenEnds:
      'Está tardando más de lo que Discord me deja para cambiar este mensaje. Pulsa **Ver resultado** más tarde.',
    aiGenerated: 'Generado con IA',
    took: 'tardó {{time}}',
    altText: 'Video de IA: {{prompt}}',
    tooBig: 'Es demasiado grande para adjuntarlo aquí. Guárdalo pronto; el enlace no durará.',
    notAttached: 'No se pudo adjuntar. Guárdalo pronto; el enlace no durará.',
    inWords:
      'Discord no lo muestra aquí: [abrir el video](<{{url}}>). Guárdalo pronto; el enlace no durará.',
    elsewhere: 'El video está [en su propio mensaje]({{url}}).',
  },

  end: {
    cancelled: 'Cancelado',
    lost: 'Perdimos la respuesta',
    lostWords:
      'Puede que tu video se haya empezado y cobrado, pero no lo encontramos. Si reintentas, puede cobrarse dos veces.',
    reference: 'Se rechazó la referencia {{number}}',
    someReference: 'Se rechazó una referencia',
    pictureWords: 'Suele pasar con fotos de personas reales. Prueba con otra imagen.',
    referenceWords: 'Suele pasar cuando aparecen personas reales. Prueba con otra.',
    prompt: 'Se rechazó el prompt',
    promptWords: 'Prueba a describirlo de otra manera.',
    account: 'El bot no puede crear videos ahora',
    accountWords: 'Ya se avisó a su propietario.',
    service: 'Seedance no responde',
    serviceWords: 'Tu prompt no tiene ningún problema.',
    expired: 'Los archivos expiraron',
    expiredWords: 'No se envió nada. Vuelve a añadirlos con **Editar**.',
    tooLong: 'Tardó demasiado',
    tooLongWords: 'Dejamos de esperar después de {{time}}.',
    budget: 'Este no se hizo',
    budgetWords: 'No se envió nada. Se podrán crear más {{when}}.',
    budgetNever: 'No se envió nada.',
    other: 'Este no salió bien',
    otherWords:
      'Seedance no pudo crearlo. Un prompt más sencillo u otras referencias pueden ayudar.',
    notStarted: 'Este no llegó a empezar',
    notStartedWords: 'Se perdió antes de empezar. Usa {{command}} otra vez.',
  },

  ping: {
    ready: '{{member}}, tu video está listo.',
    failed: '{{member}}, tu video no salió bien.',
  },

  form: {
    make: 'Crear un video',
    remix: 'Remezclar',
    edit: 'Editar',
    animate: 'Animar',
    reuse: 'Usar de referencia',
    prompt: 'Prompt',
    promptHint: 'Qué debe pasar en el video',
    model: 'Modelo',
    length: 'Duración',
    fewLengths: '{{model}} solo hace {{lengths, list(type: disjunction)}} s.',
    fewRange: '{{model}} solo hace de {{first}} a {{last}} s.',
    shape: 'Forma y calidad',
    references: 'Referencias',
    hint: 'Imágenes, clips o audios. Las fotos de personas reales se suelen rechazar.',
    kept_one: 'Se conserva {{count, number}}. Los archivos nuevos lo sustituyen.',
    kept_many: 'Se conservan {{count, number}}. Los archivos nuevos los sustituyen todos.',
    kept_other: 'Se conservan {{count, number}}. Los archivos nuevos los sustituyen todos.',
    expired: 'Los archivos anteriores expiraron. Añádelos de nuevo o déjalo vacío.',
    reusing_one: 'Este video es la referencia 1. Puedes añadir hasta {{count, number}} más.',
    reusing_many: 'Este video es la referencia 1. Puedes añadir hasta {{count, number}} más.',
    reusing_other: 'Este video es la referencia 1. Puedes añadir hasta {{count, number}} más.',
  },

  more: {
    title: 'Sobre este video',
    prompt: 'El prompt, tal como se envió',
    referencesExpired: 'los archivos en sí ya expiraron',
    charged: 'Cobrado: {{credits}}',
    expected: 'Un video así cuesta {{credits}}, como la última vez',
    asked: 'Pedido {{when}}',
    submitted: 'Enviado {{when}}',
    ended: 'Terminado {{when}}',
    id: 'Trabajo {{id}}',
    downloadHere: 'Aquí está. El enlace no durará.',
    deleteAsk:
      '¿Eliminar este video? Se borran su tarjeta, su aviso y lo que guardo de él. No se puede deshacer.',
    deleted: 'Eliminado.',
    deletedNotCard:
      'Borré lo que guardaba de él, pero Discord no me deja quitar el mensaje. Pídeselo a un moderador.',
    anywayAsk:
      'Puede que el primer intento ya se haya cobrado. Si reintentas, puede cobrarse dos veces. ¿Quieres hacerlo de todos modos?',
    reportAsk:
      '¿Denunciar este video? Quienes lo revisan verán el video, lo que se pidió y que fuiste tú quien lo denunció.',
    reportCardAsk:
      '¿Denunciar este mensaje? Ya no tengo registro de su video: quienes lo revisan recibirán su enlace y verán que fuiste tú quien lo denunció.',
    reportedServer: 'Gracias, se avisó a los administradores de este servidor.',
    reportedOwner: 'Gracias, se avisó al propietario de este bot.',
  },

  admin: {
    title: 'Lo que rige en este servidor',
    saved: 'Guardado.',
    member: 'Cada miembro: {{limits}}',
    server: 'Todos juntos: {{limits}}',
    more: 'Más para {{role}}: {{limits}}',
    cooldown: 'Entre dos videos de un miembro: {{time}}',
    noLimit: 'sin límite',
    perDay: '{{what}} al día',
    perMonth: '{{what}} al mes',
    channels: 'Canales: {{channels}}',
    everywhere: 'en todas partes',
    roles: 'Quién puede: {{roles}}',
    everyone: 'todos',
    blocked_one: 'Bloqueado: {{count, number}} miembro',
    blocked_many: 'Bloqueados: {{count, number}} de miembros',
    blocked_other: 'Bloqueados: {{count, number}} miembros',
    log: 'Registro: {{channel}}',
    logOff: 'desactivado',
    logPrompts: 'con prompts',
    logFails:
      'No puedo escribir en el canal del registro: déjame verlo y enviar mensajes allí, o elige otro.',
    logBegins: 'Desde ahora escribo aquí lo que pasa conmigo en este servidor.',
    bounds: 'El propietario del bot permite como máximo',
    usage: 'Uso en este servidor',
    today: 'Hoy: {{what}}',
    month: 'Este mes: {{what}}',
    nobody: 'Nadie creó un video este mes.',
    others: '… y otros',
    deletedMember: 'alguien que eliminó sus datos',
    pausedNow:
      '{{member}} me puso en pausa {{when}}. Lo que está en cola espera; lo que se está creando sigue.',
    resumedNow: 'No estoy en pausa: acepto videos nuevos.',
  },

  audit: {
    submitted: '{{who}}: se envió',
    refused: '{{who}}: rechazado por su contenido',
    failed: '{{who}}: falló ({{why}})',
    unconfirmed: '{{who}}: se perdió la respuesta, puede haberse cobrado',
    deleted: '{{who}}: eliminado por {{by}}',
    forgot: 'Un miembro eliminó sus datos',
    struck: '{{who}}: rechazado demasiadas veces por su contenido; podrá pedir de nuevo {{when}}',
    admin: '{{by}} cambió: {{what}}',
    reported: '{{who}}: lo denunció {{by}}',
    reportedCard: 'Un video del que ya no tengo registro: lo denunció {{by}}',
    direct: 'en mensajes directos',
    leftOut: '… y más: {{number, number}}',
  },

  videos: {
    title: 'Tus videos',
    none: 'Todavía no has creado ninguno. Usa {{command}}.',
    left_one: 'te queda {{count, number}} video hoy',
    left_many: 'te quedan {{count, number}} de videos hoy',
    left_other: 'te quedan {{count, number}} videos hoy',
    page: 'Página {{page, number}} de {{pages, number}}',
    card: '[tarjeta]({{url}})',
    removed: 'su mensaje se eliminó',
    state: {
      waiting: 'En cola',
      submitting: 'En cola',
      queued: 'En proceso',
      processing: 'En proceso',
      delivering: 'Casi listo',
      succeeded: 'Terminado',
      failed: 'No salió bien',
      cancelled: 'Cancelado',
      unconfirmed: 'Sin respuesta',
      undelivered: 'Terminado, pero no se pudo mostrar',
    },
  },

  settings: {
    title: 'Tus ajustes',
    intro: 'Lo que elijas aquí se guarda al momento y se usa cuando omites algo.',
    model: 'Modelo',
    length: 'Duración',
    shape: 'Forma y calidad',
    ping: 'Avisos',
    language: 'Idioma',
    usual: 'Sin preferencia',
    pingOn: 'Mencionarme cuando acabe un video que tardó más de un minuto',
    pingOff: 'No mencionarme',
    asInDiscord: 'El mismo que en Discord',
    deleteAsk:
      '¿Eliminar todo lo que guardo de ti? Los videos en curso se cancelan, y tu lista de videos y tus ajustes desaparecen. Lo que hace falta para los límites se queda sin tu nombre hasta que acabe el mes. Que un servidor te haya bloqueado se queda hasta que sus administradores lo retiren, y lo denunciado se queda más tiempo que el resto. Las tarjetas que están en los canales se quedan: elimínalas antes desde **Más**.',
    deleted: 'Tus datos se eliminaron.',
    deletedSome_one:
      'Tus datos se eliminaron, salvo {{count, number}} video aún en curso: se está cancelando, y su registro desaparece cuando termine.',
    deletedSome_many:
      'Tus datos se eliminaron, salvo {{count, number}} de videos aún en curso: se están cancelando, y sus registros desaparecen cuando terminen.',
    deletedSome_other:
      'Tus datos se eliminaron, salvo {{count, number}} videos aún en curso: se están cancelando, y sus registros desaparecen cuando terminen.',
  },

  help: {
    title: 'Videos a partir de textos, imágenes, clips y audios',
    make: '{{command}} crea un video con un prompt y hasta cinco archivos. Sin prompt, abre un formulario.',
    animate:
      'En cualquier mensaje con imágenes, clips o audios: **Aplicaciones** → **{{animate}}** les da vida.',
    cards:
      '**Remezclar** cambia un video terminado, **Otra vez** hace uno más, y en **Más** está el resto.',
    own: '{{videos}} muestra tus videos; {{settings}} guarda tus valores predeterminados.',
    allowed:
      'Crea solo lo que permiten las reglas de Discord, de este servidor y de Seedance: nada de personas reales sin su consentimiento, nada sexual, nada que haga daño. Los videos se marcan como generados con IA.',
    data: 'Tu prompt y tus archivos van a Seedance (seedance2.ink), que crea el video. La tarjeta con tu prompt, tus archivos y el video la ve todo el canal, salvo que uses la opción «privado». Guardo un registro de tus videos para tu lista; {{settings}} lo elimina.',
  },

  sent: {
    privateDone: 'Está en [tus mensajes directos]({{url}}).',
    cancelSoon: 'Se está enviando en este momento. Lo cancelo en cuanto pueda.',
    yourPrompt: 'Tu prompt:',
  },

  permission: {
    viewChannel: 'Ver canal',
    attachFiles: 'Adjuntar archivos',
    embedLinks: 'Insertar enlaces',
  },

  limit: {
    videos_one: '{{count, number}} video',
    videos_many: '{{count, number}} de videos',
    videos_other: '{{count, number}} videos',
    member: { day: 'Tu límite de {{amount}} al día', month: 'Tu límite de {{amount}} al mes' },
    memberHere: {
      day: 'Tu límite de {{amount}} al día en este servidor',
      month: 'Tu límite de {{amount}} al mes en este servidor',
    },
    server: {
      day: 'El límite de {{amount}} al día de este servidor',
      month: 'El límite de {{amount}} al mes de este servidor',
    },
    bot: {
      day: 'El límite de {{amount}} al día de este bot',
      month: 'El límite de {{amount}} al mes de este bot',
    },
  },
  refusal: {
    place: 'Aquí no creo videos: mi propietario no me ha habilitado para este lugar.',
    permission_one:
      'No puedo mostrar un video en este canal: me falta el permiso {{permissions, list}}. Pide a un moderador que lo active o usa otro canal.',
    permission_many:
      'No puedo mostrar un video en este canal: me faltan los permisos {{permissions, list}}. Pide a un moderador que los active o usa otro canal.',
    permission_other:
      'No puedo mostrar un video en este canal: me faltan los permisos {{permissions, list}}. Pide a un moderador que los active o usa otro canal.',
    account: 'El bot no puede crear videos ahora. Ya se avisó a su propietario.',
    store:
      'No puedo aceptar videos nuevos por un momento. No se envió nada. Inténtalo de nuevo pronto.',
    restarting: 'Me están reiniciando. Inténtalo de nuevo en un minuto.',
    broken: 'Algo falló por mi parte. Inténtalo de nuevo en un momento.',
    unknown: 'Esto es de una versión anterior de mí y ya no hace nada.',
    noRecord: 'No tengo registro de este video. Puedes crear uno nuevo.',
    noDraft: 'Ya no tengo lo que escribiste aquí: lo guardo durante una hora.',
    draftGone:
      'Este formulario tiene más de una hora y los archivos que tenía ya no están. Revísalo con **Editar**.',
    twice: 'Eso ya está en marcha: lo pediste hace un momento.',
    directClosed:
      'No puedo escribirte: tus mensajes directos están cerrados para mí. No se envió nada. Ábrelos para este servidor o pídelo sin la opción «privado».',
    directUnclear:
      'No pude llegar a tus mensajes directos ahora mismo. No se envió nada. Inténtalo de nuevo en un momento.',
    active_one: 'Tienes {{count, number}} video en curso. Espera a que termine o cancélalo.',
    active_many:
      'Tienes {{count, number}} de videos en curso. Espera a que termine alguno o cancela uno.',
    active_other:
      'Tienes {{count, number}} videos en curso. Espera a que termine alguno o cancela uno.',
    noneToday:
      'Por ahora nadie puede crear videos conmigo: mi propietario fijó el límite diario en cero.',
    memberDay_one: 'Ya usaste tu {{count, number}} video de hoy. Podrás pedir otro {{when}}.',
    memberDay_many: 'Ya usaste tus {{count, number}} de videos de hoy. Podrás pedir otro {{when}}.',
    memberDay_other: 'Ya usaste tus {{count, number}} videos de hoy. Podrás pedir otro {{when}}.',
    credits_one:
      'Lo que queda de {{count, number}} crédito de hoy para este bot no alcanza para este video. Se podrán crear más {{when}}.',
    credits_many:
      'Lo que queda de los {{count, number}} de créditos de hoy para este bot no alcanza para este video. Se podrán crear más {{when}}.',
    credits_other:
      'Lo que queda de los {{count, number}} créditos de hoy para este bot no alcanza para este video. Se podrán crear más {{when}}.',
    usedUp:
      '{{limit}} se agotó, o lo que queda no alcanza para este video. Se abre de nuevo {{when}}.',
    none: '{{limit}} no permite ninguno.',
    tooDear:
      '{{limit}} no alcanza para este video. Uno más corto o menos nítido puede costar menos.',
    cooldown: 'Hay una pausa entre un video y el siguiente. Podrás pedir otro {{when}}.',
    struck:
      'Varios de tus videos fueron rechazados por su contenido, así que no puedes crear otros durante un día. Podrás pedir de nuevo {{when}}.',
    promptEmpty: 'El prompt está vacío. Describe qué debe pasar en el video.',
    promptLong:
      'El prompt tiene {{length, number}} caracteres. Puede tener {{max, number}} como máximo.',
    model: 'Ese modelo no está disponible aquí. Elige {{models, list(type: disjunction)}}.',
    durationRange:
      '{{model}} hace de {{first, number}} a {{last, number}} segundos, en segundos enteros.',
    durationList: '{{model}} hace {{lengths, list(type: disjunction)}} segundos.',
    shape: 'Esa proporción no está disponible. Elige {{shapes, list(type: disjunction)}}.',
    shapeOfModel:
      '{{model}} no hace esa proporción. Elige {{shapes, list(type: disjunction)}}, u otro modelo.',
    resolution:
      'Esa resolución no está disponible aquí. Elige {{resolutions, list(type: disjunction)}}.',
    resolutionOfModel:
      '{{model}} no hace esa resolución. Elige {{resolutions, list(type: disjunction)}}, u otro modelo.',
    soundOnly: 'Un audio no puede ser la única referencia. Añade una imagen o un clip.',
    tooMany: 'Puede haber {{count, number}} referencias como máximo.',
    file: 'Referencia {{number}} ({{name}}): {{what}}',
    kind: 'este tipo de archivo no sirve. Imágenes: {{pictures, list(type: disjunction)}}; clips: {{clips, list(type: disjunction)}}; audios: {{sounds, list(type: disjunction)}}.',
    address: 'su dirección no sirve. Adjunta el archivo de nuevo.',
    fileExpired: 'este archivo expiró. Adjúntalo de nuevo.',
    large: 'esta imagen es demasiado grande. Debe pesar menos de {{megabytes, number}} MB.',
    sides:
      'esta imagen mide {{width}} × {{height}} píxeles. Cada lado debe medir de {{min}} a {{max}}.',
    wide: 'esta imagen es demasiado ancha: {{width}} × {{height}} píxeles. Recórtala para que ningún lado supere dos veces y media el otro.',
    tall: 'esta imagen es demasiado alta: {{width}} × {{height}} píxeles. Recórtala para que ningún lado supere dos veces y media el otro.',
    nothingToAnimate: 'Este mensaje no tiene ninguna imagen, clip o audio que pueda usar.',
    cancelNotYours: 'Solo quien pidió este video, o un moderador, puede cancelarlo.',
    cancelNote: 'No pude anotar que quieres cancelarlo. Púlsalo de nuevo en un momento.',
    madeAlready: 'Este video ya está hecho. Ya no se puede cancelar.',
    cancelledAlready: 'Este ya está cancelado.',
    endedAlready: 'Este ya terminó: no hay nada que cancelar.',
    cantStop: 'Seedance ya no puede detener este.',
    deleteNotYours: 'Solo quien pidió este video, o un moderador, puede eliminarlo.',
    deleteRunning: 'Este sigue en curso. Cancélalo o espera a que termine.',
    deleteFailed: 'No se pudo eliminar ahora. Inténtalo de nuevo en un momento.',
    anywayNotYours: 'Solo quien pidió este video puede reintentarlo.',
    notAgain: 'Este no se puede reintentar tal cual. Usa **Editar**.',
    videoLinkOld:
      'Esta ficha es demasiado antigua para usar su video. Pulsa **Más** en la tarjeta otra vez.',
    noVideo: 'Ya no encuentro el video: Seedance lo guarda solo por un tiempo.',
    settingsNotSaved: 'No pude guardarlo. Inténtalo de nuevo en un momento.',
    comesDirectly: 'Se está enviando a los mensajes directos de quien lo pidió.',
    deleteFromCard:
      'Pulsa **Más** otra vez en la tarjeta y luego **Eliminar**: de otro modo no alcanzo la tarjeta.',
    notHere: 'Solo puedo hacer esto donde está la tarjeta.',
    channel:
      'Los administradores de este servidor solo me dejan crear videos en {{channels, list(type: disjunction)}}. Pídelo allí.',
    role: 'Los administradores de este servidor solo me dejan crear videos para quienes tienen uno de estos roles: {{roles, list(type: disjunction)}}.',
    left: 'Ya no formas parte del servidor en el que se pidió esto. Pídelo en otro.',
    placeUnclear:
      'No he podido comprobar ahora si puedes hacer un video aquí. No se envió nada. Inténtalo de nuevo en un momento.',
    blocked:
      'Los administradores de este servidor te han bloqueado: no puedes crear videos conmigo.',
    accountNew:
      'Tu cuenta de Discord es demasiado nueva para mí: mi propietario pide un poco de paciencia. Podrás pedir un video {{when}}.',
    paused:
      'Mi propietario me ha puesto en pausa: por ahora no acepto videos nuevos. No se envió nada. Inténtalo más tarde.',
    ownerOnly: 'Solo el propietario de este bot puede hacer eso.',
    ownerUnknown: 'Ahora mismo no pude averiguar quién es mi propietario. Inténtalo en un momento.',
    tooManyNamed: 'Puede haber {{max, number}} como máximo. Quita uno primero.',
    moreOfWhat: 'Di cuántos videos o créditos recibe ese rol.',
    limitOfWhat: 'Di cuántos videos o créditos permite ese límite.',
    moreForWhom: 'Di qué rol recibe eso: elige uno en `más`.',
    noLog: 'Todavía no hay un canal de registro. Elige uno primero.',
    usageUnread: 'Ahora no puedo contarlo. Inténtalo en un momento.',
    rulesUnread: 'Ahora no puedo leer los ajustes de este servidor. Inténtalo en un momento.',
    reportNowhere: 'Aquí no hay a quién avisar: no hay un canal de registro.',
    reportTwice: 'Ya denunciaste este.',
    reportMany: 'Son muchas denuncias en una hora. Inténtalo más tarde.',
    reportFailed: 'No pude transmitirlo. Avisa a un moderador, por favor.',
    notMine: 'En este mensaje no hay un video mío que haya terminado.',
  },
} as const;
