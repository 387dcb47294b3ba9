import type { CommonMessageId } from './en.ts';

/** Bulgarian. A message that is missing here does not pass the type check. */
export const bg: Record<CommonMessageId, string> = {
  'name.product': 'Partner Hub',
  'nav.main': 'Основна навигация',
  'nav.overview': 'Общ преглед',
  'nav.customers': 'Клиенти',
  'nav.allCustomers': 'Всички клиенти',
  'nav.savedViews': 'Запазени изгледи',
  'nav.viewIsShared': 'Споделен',
  'nav.analytics': 'Анализи',
  'nav.analytics.subscriptions': 'Абонаменти',
  'nav.analytics.engagement': 'Активност на повикванията',
  'nav.analytics.usage': 'Използване на повикванията',
  'nav.analytics.reconciliation': 'Съпоставяне',
  'nav.analytics.health': 'Състояние на клиентите',
  'nav.renewals': 'Подновявания',
  'nav.imports': 'Импортиране',
  'nav.dataFreshness': 'Актуалност на данните',
  'nav.administrators': 'Администратори',
  'nav.auditLog': 'Журнал за одит',
  'nav.settings': 'Настройки',
  'nav.collapse': 'Свиване на навигацията',
  'nav.collapse.short': 'Свиване',
  'nav.expand': 'Разгъване на навигацията',
  'nav.open': 'Отваряне на навигацията',
  'nav.skipToContent': 'Към съдържанието',
  'frame.search': 'Търсене на клиенти и страници',
  'frame.commandPalette': 'Палитра с команди',
  'frame.language': 'Език',
  'frame.regionsReadOnly':
    '{count, plural, one {Хранилището на регион {regions} не приема записи (само за четене е). Импортираното за него чака, нищо не се губи и ще влезе само.} other {Хранилищата на регионите {regions} не приемат записи (само за четене са). Импортираното за тях чака, нищо не се губи и ще влезе само.}}',
  'frame.regionsUnavailable':
    '{count, plural, one {Хранилището на регион {regions} не отговаря. Числата му не могат да се покажат в момента; импортираното за него чака и нищо не се губи.} other {Хранилищата на регионите {regions} не отговарят. Числата им не могат да се покажат в момента; импортираното за тях чака и нищо не се губи.}}',
  'frame.theme': 'Цветова тема',
  'frame.theme.light': 'Светла',
  'frame.theme.dark': 'Тъмна',
  'frame.theme.system': 'Системна',
  'frame.person': 'Вашият акаунт: {name}',
  'frame.signedInAs': 'Влезли сте като {name}',
  'frame.signOut': 'Излизане',
  'frame.partner': 'Партньор: {name}. Преминаване към друг',
  'frame.partners': 'Вашите партньори',
  'frame.notYours': 'Вашата роля не включва тази страница',
  'frame.notYours.hint':
    'Вашата роля при {partner}: {role}. Може да я промени партньорски администратор с пълен достъп.',
  'frame.demo': 'Демонстрационни данни',
  'frame.demo.loading': 'Демонстрационните данни се зареждат',
  'frame.demo.removing': 'Демонстрационните данни се премахват',
  'palette.nothing': 'Нищо не е намерено за „{query}“',
  'palette.pages': 'Страници',
  'palette.actions': 'Действия',
  'palette.customers': 'Клиенти',
  'palette.upload': 'Качване на история на повикванията',
  'palette.usageOf': 'Използване на повикванията в {region}',
  'palette.language': 'Език: {name}',
  'palette.theme': 'Цветова тема: {name}',

  'action.save': 'Запазване',
  'action.edit': 'Редактиране',
  'action.remove': 'Премахване',
  'action.undo': 'Отмяна',
  'action.cancel': 'Отказ',
  'action.close': 'Затваряне',
  'action.copied': 'Копирано',
  'action.copyValue': 'Копиране: {name}',
  'action.copyTracking': 'Копиране на ИД',
  'action.copyLink': 'Копиране на връзката',
  'action.retry': 'Опитайте отново',
  'action.apply': 'Прилагане',
  'action.showMore': 'Показване на още',
  'action.chooseColumns': 'Избор на колони',
  'action.columns': 'Колони',
  'action.reset': 'Нулиране',
  'action.reload': 'Презареждане на страницата',
  'common.name': 'Име',
  'common.email': 'Имейл',
  'common.password': 'Парола',
  'common.showPassword': 'Показване на паролата',
  'common.optional': 'По избор',
  'common.region': 'Регион',
  'common.role': 'Роля',
  'common.sortedAscending': 'възходящо сортиране',
  'common.sortedDescending': 'низходящо сортиране',
  'common.sortBy': 'Сортиране по',
  'common.ascending': 'Възходящо',
  'common.descending': 'Низходящо',
  'common.density': 'Плътност на редовете',
  'common.density.comfortable': 'Нормална',
  'common.density.compact': 'Плътна',
  'common.utc': 'UTC',
  'common.quoted': '„{name}“',
  'count.rows': '{count, plural, one {# ред} other {# реда}}',
  'count.customers': '{count, plural, one {# клиент} other {# клиенти}}',
  'tags.manage': 'Управление на етикетите',
  'count.shown': '{shown, number} от {total, number}',

  'state.loading': 'Зареждане…',
  'state.saved': 'Запазено',
  'error.title': 'Възникна грешка',
  'error.loadFailed': 'Данните не можаха да бъдат заредени.',
  'error.trackingId': 'ИД за проследяване: {id}',
  'error.offline': 'Сървърът не отговори. Проверете връзката и опитайте отново.',
  'error.notHub': 'Нещо между вас и системата отговори със статус {status}. Опитайте отново.',
  'error.notFound': 'Страницата не е намерена',
  'error.notFound.hint': 'Адресът може да е изписан погрешно или страницата да е преместена.',
  'error.toStart': 'Към началната страница',
  'error.crashed': 'Тази страница спря да работи',
  'error.crashed.hint':
    'Въведеното може да е загубено. Презаредете страницата; ако се повтори, посочете това съобщение, когато търсите помощ: {message}',
  'error.tooLong': 'Текстът е твърде дълъг: побират се най-много {max, plural, one {# знак} other {# знака}}.',
  'error.required': 'Въведете стойност.',
  'error.invalidEmail': 'Въведете валиден имейл адрес.',

  'signIn.title': 'Влизане',
  'signIn.to': 'в Partner Hub',
  'signIn.continue': 'Продължаване',
  'signIn.capsLock': 'Включен е Caps Lock.',
  'signIn.ended': 'Сесията ви изтече. Влезте отново.',
  'signIn.footer': 'Софтуер с отворен код',
  'setup.title': 'Настройка на Partner Hub',
  'setup.intro': 'Създавате първия партньор и неговия администратор с пълен достъп. Това може да се направи веднъж.',
  'setup.partner': 'Партньор',
  'setup.partner.hint': 'Името на вашата фирма, както ще го виждат всички.',
  'setup.homeRegion': 'Основен регион',
  'setup.homeRegion.hint': 'Тук отиват новите файлове, ако не изберете друг регион.',
  'setup.person': 'Вашето име',
  'setup.password.hint':
    'Поне {minimum, number} знака. Без частта от имейла ви пред @; да не е често използвана парола.',
  'setup.password.short': 'Поне {minimum, number} знака; {count, plural, one {липсва още #} other {липсват още #}}.',
  'setup.submit': 'Създаване и влизане',

  // Feeds
  'feed.webex_call_history': 'История на повикванията',
  'feed.webex_media_quality': 'Качество на медията',
  'feed.webex_call_queue_stats': 'Статистика на опашките за повиквания',
  'feed.webex_call_queue_agent_stats': 'Статистика на агентите в опашките',
  'feed.webex_auto_attendant_stats': 'Статистика на автоматичните оператори',
  'feed.webex_hunt_group_stats': 'Статистика на групите за търсене',
  'feed.webex_phone_numbers': 'Телефонни номера',
  'feed.webex_devices': 'Устройства',
  'feed.webex_locations': 'Местоположения',
  'feed.license_snapshots': 'Дневни данни за лицензите',
  'feed.unknown': 'Неразпознати',

  'region.all': 'Всички региони',
  'region.selector': 'Избор на регион',
  'region.us': 'САЩ (US)',
  'region.ca': 'Канада (CA)',
  'region.eu': 'Европейски съюз (EU)',
  'region.uae': 'Обединени арабски емирства (UAE)',
  'region.answered':
    '{total, plural, one {Отговорил: {answered, number} от # регион} other {Отговорили: {answered, number} от # региона}}',
  'region.silent': 'Няма отговор от {regions}. Показани са останалите региони и сборът не го включва.',
  'role.partner_full': 'Партньорски администратор с пълен достъп',
  'role.partner_admin': 'Партньорски администратор',
  'role.partner_read_only': 'Партньорски администратор с достъп само за четене',
  'role.help_desk_basic': 'Администратор на бюрото за помощ (основен)',
  'role.help_desk_advanced': 'Администратор на бюрото за помощ (разширен)',
  'role.partner_full.desc': 'Управлява всичко за всички клиенти и присвоява роли.',
  'role.partner_admin.desc': 'Управлява възложените на това лице клиенти и създава нови.',
  'role.partner_read_only.desc': 'Вижда всички клиенти, без да променя нищо.',
  'role.help_desk_basic.desc':
    'Вижда имената на всички клиенти и журнала за одит, но не и сегменти на повиквания, телефонни номера или експорти. Не променя нищо.',
  'role.help_desk_advanced.desc': 'Вижда каквото и основният. За служители от втората линия на бюрото за помощ.',
  'role.readOnly': 'Вашата роля, {role}, вижда всичко тук, без да променя нищо.',

  'duration.seconds': '{s, number} сек',
  'duration.minutes': '{m, number} мин {s, number} сек',
  'duration.hours': '{h, number} ч {m, number} мин',
  'imports.cancel': 'Спиране на импортирането',
  'batch.close': 'Затваряне на панела',
  'toast.committed': 'Файлът е импортиран: {name}',
  'toast.committed.body':
    '{count, plural, one {# нов ред} other {# нови реда}}, {rejected, plural, =0 {няма отхвърлени} one {отхвърлен: #} other {отхвърлени: #}}, {held, plural, =0 {няма задържани} one {задържан: #} other {задържани: #}}',
  'toast.failed': 'Файлът не е импортиран: {name}',
  'toast.needs': 'Файлът чака отговор: {name}',
  'toast.canceled': 'Импортирането на {name} е спряно',
  'held.create': 'Създаване на клиент',

  'usage.range.from': 'От',
  'usage.range.to': 'До',
  'usage.asOf': '{region}, данни към {time} UTC',
  'usage.search.clear': 'Изчистване на търсенето',

  'error.not_signed_in': 'Първо влезте.',
  'error.sign_in_failed': 'Имейлът или паролата е грешна.',
  'error.sign_in_throttled':
    'Твърде много неуспешни опити. Опитайте отново след {seconds, plural, one {# секунда} other {# секунди}}.',
  'error.session_expired': 'Сесията ви изтече. Влезте отново.',
  'error.csrf_failed': 'Заявката не дойде от тази страница. Презаредете я и опитайте отново.',
  'error.session_needed': 'Това не може да се направи с код за достъп. Влезте в страницата.',
  'error.token_invalid': 'Кодът за достъп е непознат, отменен или изтекъл. Създайте нов в „Настройки“.',
  'error.rate_limited':
    'Твърде много заявки. Опитайте отново след {seconds, plural, one {# секунда} other {# секунди}}.',
  'error.directory_unavailable':
    'Partner Hub не може да достигне базата си данни в момента. Нищо не е загубено; опитайте отново скоро.',
  'error.token_scope_missing':
    'Токенът за достъп не включва това действие ({permission}). Създайте токен с този обхват.',
  'error.permission_denied': 'Нямате права за това действие ({permission}).',
  'error.not_found': 'Тук няма нищо или не е за вас.',
  'error.invalid_request':
    '{why, select, missing {{field} липсва.} future {{field} е в бъдещето.} above {{field} е твърде дълго или голямо: най-много {limit, number}.} below {{field} е твърде кратко или малко: поне {limit, number}.} none {Заявката не е валидна.} other {{field} не може да се прочете така.}}',
  'error.request_headers_too_large':
    'Адресът на заявката заедно със заглавните ѝ редове е по-дълъг от {limit, plural, one {# байт} other {# байта}}. Съкратете филтъра.',
  'error.request_too_slow': 'Заявката не пристигна изцяло навреме. Изпратете я отново.',
  'error.setup_done': 'Тази инсталация вече е настроена. Влезте.',
  'error.password_too_weak':
    'Паролата трябва да има поне {minimum, number} знака, да не съдържа частта от имейла пред @ и да не е много често използвана.',
  'error.name_needed': 'Въведете името си.',
  'error.partner_not_found': 'Няма такъв партньор или не принадлежите към него.',
  'error.administrator_not_found': 'Няма такъв администратор. Може би междувременно е премахнат.',
  'error.administrator_exists': '{email} вече е администратор на този партньор.',
  'error.last_full_administrator':
    'Последният администратор с пълен достъп трябва да остане. Първо дайте пълен достъп на друг.',
  'error.invitation_not_found': 'Няма такава отворена покана. Използвана е или е оттеглена.',
  'error.invitation_invalid': 'Тази покана е използвана, оттеглена или изтекла. Поискайте нова.',
  'error.token_not_found': 'Няма такъв код за достъп.',
  'error.token_limit':
    '{limit, plural, one {Имате # код за достъп. Първо го отменете.} other {Имате # кода за достъп. Първо отменете някой.}}',
  'error.customer_not_found': 'Няма такъв клиент или не е за вас.',
  'error.customer_org_taken': 'Друг ваш клиент има този ИД на организация: {customerName}.',
  'error.customer_org_not_yours':
    'Този ИД на организация не може да се използва. Обърнете се към администратор с пълен достъп на вашия партньор.',
  'error.customer_org_set': 'Този клиент вече е свързан с организация.',
  'error.customer_region_mismatch':
    'Данните на този клиент се съхраняват в {customerRegion}, а редовете са задържани в {region}. Регионът на клиент не може да се променя.',
  'error.subscription_not_found': 'Няма такъв абонамент или не е за вас.',
  'error.trial_not_found': 'Няма такъв пробен период или не е за вас.',
  'error.contract_reference_taken': 'Вече има абонамент или пробен период {reference} на {customerName}.',
  'error.contract_reference_not_yours':
    'Номерът {reference} не може да се използва. Изберете друг или се обърнете към администратор с пълен достъп на вашия партньор.',
  'error.contract_ended': '{reference} вече е приключил. Приключилото се пази и не може да се премахне.',
  'error.trial_in_past':
    'Пробният период вече би бил изтекъл: последният му ден, {endsOn}, е преди днес, {today}. Изберете последен ден от днес нататък. Минали пробни периоди се въвеждат с импортиране на записи.',
  'error.trial_of_product_open': 'Този клиент вече има пробен период за {product}: {reference}. Променете него.',
  'error.changed_meanwhile': 'Междувременно някой друг промени това. Вижте какво е сега и направете промяната отново.',
  'error.renewal_term_over':
    'Това беше за приключил срок: {reference} сега изтича на {endsOn}. Записаното остава при своя срок.',
  'error.filter_invalid': 'Филтърът не може да се прочете при знак {at, number}. Поправете го и опитайте отново.',
  'error.filter_too_long':
    'Филтърът има {length, plural, one {# знак} other {# знака}}; ограничението е {limit, number}.',
  'error.filter_too_wide':
    'Филтърът оставя {customers, plural, one {# клиент} other {# клиента}}; сегменти се показват по филтър, който оставя или изключва най-много {limit, number} в един регион. Стеснете филтъра или отворете един клиент.',
  'error.customers_not_mergeable': 'Тези двама клиенти не могат да се обединят: {reason}.',
  'error.customer_own': 'Това е вашата собствена организация; тя не може да се променя тук.',
  'error.deletion_name_differs': 'Името не е това на клиента. Въведете го точно както е показано: {customerName}.',
  'error.deletion_person_differs': 'Въведеното не съвпада с посоченото за лицето. Въведете го точно както е показано.',
  'error.deletion_person_unclear':
    'Посочете UUID на потребителя, имейл адрес или номер на лицето. Номерът има поне 3 цифри.',
  'error.deletion_person_shared':
    'Няколко души може да имат един и същ номер или име. Потвърдете, че това е предвидено.',
  'error.customer_not_linked': 'Този клиент не е свързан с организация, затова няма записи за нейните хора.',
  'error.vault_key_missing':
    'Липсва ключът, по който се разпознават лица с изтрити данни. Администраторът на сървъра трябва да го възстанови.',
  'error.deletion_not_found': 'Няма такова изтриване.',
  'error.deletion_not_ended': 'Това изтриване още не е приключило; разписката се създава при приключването му.',
  'error.tag_not_found': 'Няма такъв етикет. Може би вече не се използва никъде.',
  'error.tag_name_taken': 'Вече има етикет {name}. Вместо това обединете двата.',
  'error.tag_merged_has_name':
    'Етикетът, с който този беше обединен, сега се казва {name}. Преименувайте го и след това отменете обединяването.',
  'error.tag_limit': 'Клиент или абонамент може да има най-много {limit, plural, one {# етикет} other {# етикета}}.',
  'error.group_not_found': 'Няма такава група клиенти.',
  'error.group_name_taken': 'Вече има група клиенти {name}.',
  'error.group_by_filter':
    'Тази група се определя от филтъра си: клиенти не могат да се добавят ръчно и тя не може да се възлага на администратор.',
  'error.group_is_scope':
    'Администратори виждат клиенти чрез групата {name}, затова тя не може да се премахне, нито да се запълва от филтър. Първо им я отнемете на страницата „Администратори“.',
  'error.group_in_use': 'Филтърът на групата {name} се позовава на тази. Първо променете него.',
  'error.view_not_found': 'Няма такъв запазен изглед или не е ваш.',
  'error.view_name_taken': 'Вече имате изглед {name}.',
  'error.bulk_job_not_found': 'Няма такава задача или не е ваша.',
  'error.bulk_job_ended': 'Тази задача вече е приключила.',
  'error.bulk_job_not_undoable': 'Тази задача не може да се отмени.',
  'error.undo_later_tag':
    'Етикетът „{name}“ беше премахнат или обединен по-късно и го имаха част от същите. Първо отменете това.',
  'error.undo_later_job':
    'По-късна групова задача на {name} засегна същите етикети на част от същите клиенти. Първо отменете нея.',
  'error.bulk_empty': 'В избора няма клиент, който имате право да виждате.',
  'error.records_unknown': 'Колоните във файла {fileName} не са познати тук. Първият му ред започва с: {firstLine}.',
  'error.records_too_many':
    'Файлът {fileName} има повече от {limit, plural, one {# ред} other {# реда}}. Разделете го и качете частите.',
  'error.region_not_served': 'Тази инсталация не обслужва региона {region}.',
  'error.region_unavailable': 'Регионът {region} не отговаря.',
  'error.range_invalid': 'Началото на периода трябва да е преди края му или в същия ден.',
  'error.range_in_future': 'Периодът завършва на {to}, дълго след днес. Посочете дни до {latest}, края на този месец.',
  'error.range_too_long': 'Периодът може да обхваща най-много {maximumDays, plural, one {# ден} other {# дни}}.',
  'error.asker_left': 'Никой вече не чакаше този отговор. Опитайте отново.',
  'error.metric_not_by': 'Показателят {metric} не може да се раздели по {dimension}.',
  'error.customer_needed': 'Изберете един клиент: това се показва само за един клиент наведнъж.',
  'error.metric_needs_days': 'Показателят {metric} е известен само по цели дни по UTC. Изберете дни или седмици и UTC.',
  'error.cursor_invalid': 'Тази връзка към страница вече не е валидна. Започнете от първата страница.',
  'error.question_too_slow':
    'Въпросът отне повече от {seconds, plural, one {# секунда} other {# секунди}}. Изберете по-кратък период.',
  'error.import_not_found': 'Няма такова импортиране или не е за вас.',
  'error.import_empty': 'Файлът {fileName} е празен. Експортирайте го отново и го качете.',
  'error.import_not_text':
    'Файлът {fileName} не е текстов: започва като {looksLike}. Качете самия CSV или JSON файл; електронна таблица първо запазете като „CSV UTF-8“.',
  'error.import_not_utf8':
    'Файлът {fileName} не е в UTF-8 от ред {line, number} нататък; буквите му биха се записали грешно. Запазете го като UTF-8 („CSV UTF-8“ в Excel) или качете експорта такъв, какъвто е дошъл.',
  'error.import_no_records': 'Във файла {fileName} няма записи: отговорът, от който идва, е бил празен.',
  'error.import_too_many_columns':
    'Файлът {fileName} има {columns, number} колони; четат се най-много {limit, number}. Премахнете ненужните.',
  'error.import_unknown_format':
    'Данните във файла {fileName} не са познати тук. Първият му ред започва с „{firstLine}“. Страницата „Импортиране“ изброява какво е познато.',
  'error.import_unknown_columns':
    'Файлът {fileName} не е познат тук отчет; първият му ред започва с „{firstLine}“. Посочете какво означават колоните му и продължете; файлът е запазен.',
  'error.import_is_records':
    'Файлът {fileName} съдържа записи, а не отчет: внесете го с „Импортиране на записи“. Иначе посочете какво означават колоните му; файлът е запазен.',
  'error.import_columns_missing':
    'Във файла {fileName} липсват нужни колони: {columns}. Експортирайте отчета отново с всички колони или посочете кои са те; файлът е запазен.',
  'error.import_columns_twice':
    'Файлът {fileName} съдържа колона два пъти: {columns}. Преименувайте или премахнете едната.',
  'error.import_json_truncated':
    'Файлът {fileName} свършва по средата на запис {record, number} (байт {byte, number}). Вероятно е прекъснат; изтеглете го отново. Нищо не е импортирано.',
  'error.import_json_invalid':
    'Файлът {fileName} не е валиден JSON при запис {record, number} (байт {byte, number}): {reason}. Нищо не е импортирано.',
  'error.import_users_broken':
    'Файлът {fileName} е списък с потребители, в който някой ред има повече или по-малко колони от заглавния, затова лицензите не могат да се преброят. Експортирайте го отново.',
  'error.import_header_only':
    'Файлът {fileName} има заглавен ред, но няма други редове. Експортирайте го отново за повече дни или без филтри.',
  'error.import_needs_customer':
    'Файлът {fileName} не посочва за кой клиент е. Изберете клиента и продължете; файлът е запазен.',
  'error.import_needs_period':
    'Файлът {fileName} не посочва за кои дни е. Въведете първия и последния ден и продължете; файлът е запазен.',
  'error.import_needs_customer_and_period':
    'Файлът {fileName} не посочва нито за кой клиент, нито за кои дни е. Въведете и двете и продължете; файлът е запазен.',
  'error.import_too_large': 'Файлът е {bytes}; ограничението е {limit}. Разделете го и качете частите.',
  'error.import_disk_full':
    'Няма достатъчно свободно място на диска: нужни са {needed}, свободни са {free}. Освободете място и опитайте отново; нищо не е загубено.',
  'error.import_interrupted': 'Качването прекъсна след {bytes}. Изпратете файла отново.',
  'error.import_archive_damaged':
    'Файлът {fileName} е повреден или прекъснат и не може да се разархивира. Изтеглете го или го архивирайте отново и го качете.',
  'error.import_archive_empty': 'В архива {fileName} няма файлове. Архивирайте отново.',
  'error.import_archive_too_many':
    'В архива {fileName} има повече от {limit, plural, one {# файл} other {# файла}}. Разделете ги в няколко архива. Нищо не е импортирано.',
  'error.import_archive_too_large':
    'Разархивиран, {fileName} е по-голям от {limit}. Разделете файловете в няколко архива. Нищо не е импортирано.',
  'error.import_archive_swells':
    'Разархивиран, {fileName} надхвърля размера си над {times, number} пъти, което не е обичайно за експорт. Качете файловете неархивирани. Нищо не е импортирано.',
  'error.import_packed_encrypted':
    'Файлът {fileName} е защитен с парола. Архивирайте го без парола и го качете отново.',
  'error.import_packed_unknown':
    'Файлът {fileName} е архивиран по непознат тук начин (метод {method, number}). Архивирайте го като обикновен ZIP (Deflate) или с gzip.',
  'error.idempotency_key_reused':
    'Този Idempotency-Key вече е използван за друго импортиране: {fileName}, {bytes}. Използвайте отделен ключ за всяко.',
  'error.upload_not_found': 'Няма такова незавършено качване или не е ваше. Започнете ново.',
  'error.import_not_mappable':
    'Колони се съпоставят за CSV файл, който не е разпознат и е запазен. Това импортиране не е такова или вече е продължило.',
  'error.mapping_field_unknown': 'Този вид файл няма поле {field}.',
  'error.mapping_column_unknown': 'Файлът няма колона {column}. Изберете друга.',
  'error.mapping_fields_missing': 'Тези полета още се нуждаят от колона или стойност: {fields}.',
  'error.mapping_skips_all':
    'След пропускането на {rows, plural, one {# ред} other {# реда}} във файла не остава нито един. Пропуснете по-малко.',
  'error.mapping_not_found': 'Няма такова съпоставяне.',
  'error.mapping_outdated': 'Междувременно е запазена по-нова версия. Отворете я отново.',
  'error.mapping_needs_file': 'Копието се нуждае от ваш файл и име.',
  'error.upload_offset': 'Качването е стигнало до байт {offset, number}. Продължете оттам.',
  'error.upload_past_end': 'Частта излиза извън края на файла, който е {bytes}.',
  'error.upload_incomplete': 'Пристигнали са само {offset} от {bytes}. Изпратете останалото и след това завършете.',
  'toast.unpacked': 'Архивът е разархивиран: {name}',
  'toast.unpacked.body': '{count, plural, one {Импортира се # файл.} other {Импортират се # файла един след друг.}}',
  'error.import_not_cancelable': 'Това импортиране вече е приключило.',
  'error.import_not_retryable': 'Само неуспешно импортиране може да се опита отново.',
  'error.rejected_row_not_found': 'Ред {row, number} не е сред отхвърлените редове на това импортиране.',
  'error.rejected_row_needs_file':
    'Ред {row, number} не може да се коригира с една стойност: колоните му са грешни. Изтеглете отхвърлените редове, коригирайте файла и го качете.',
  'error.import_not_undoable':
    'Само импортиране, което е записало редовете си, може да се върне назад. Файловете от архив се връщат един по един.',
  'error.import_undo_expired':
    'Това импортиране вече не може да се върне назад: заменените редове се пазят {days, plural, one {# ден} other {# дни}}, а импортиранията от по-ранни версии не са ги пазели.',
  'error.import_undo_later':
    'B-{number} по-късно донесе {rows, plural, one {# от същите редове} other {# от същите редове}} и разчита на това импортиране. Първо върнете назад B-{number}.',
  'error.import_undo_later_hidden':
    'Друг човек по-късно е импортирал част от същите редове и разчита на това импортиране. Обърнете се към администратор, който вижда всички импортирания.',
  'error.import_engine_failed': 'Хранилището не можа да прочете файла: {reason}. Файлът е запазен; опитайте отново.',
  'error.import_file_missing':
    'Файлът {fileName} не е в папката за файлове (HUB_FILES). Всички процеси на Partner Hub ли виждат една и съща папка? Когато е така, опитайте отново.',
  'error.held_not_found': 'За тази организация няма задържани редове.',
  'error.tag_held_elsewhere':
    'Етикетът „{name}“ е и на клиенти, които не са ви възложени. Обърнете се към администратор с пълен достъп.',
  'error.group_within_itself': 'Групата би съдържала себе си: филтърът ѝ посочва „{name}“, която води обратно към нея.',
  'error.connector_not_found': 'Няма такъв конектор.',
  'error.connector_name_taken': 'Вече има конектор {name}.',
  'error.connector_limit':
    'Един партньор може да има най-много {limit, plural, one {# конектор} other {# конектора}}. Първо премахнете един.',
  'error.connector_paused': 'Този конектор е на пауза. Първо го продължете.',
  'error.connector_credential_needed':
    'Токенът се изпраща само на адреса, за който е въведен. Въведете го отново заедно с новия адрес.',
  'error.connector_address_invalid': '{address} не е адрес като https://webexapis.com/v1.',
  'error.connector_address_not_https': '{address} не започва с https://, затова токенът може да бъде прочетен по пътя.',
  'error.connector_address_private':
    '{address} е в частна мрежа. Който поддържа тази инсталация, може да я разреши чрез HUB_CONNECTOR_NETWORKS.',
  'error.connector_organization_not_found': 'Този конектор не изброява такава организация.',
  'error.demo_absent': 'Няма демонстрационни данни за премахване.',
  'error.demo_busy':
    'Демонстрационните данни все още се зареждат или премахват, или тече импортиране. Изчакайте това да приключи.',
  'error.internal': 'Нещо при нас се провали. Посочете ИД за проследяване, когато търсите помощ.',
};
