extension Romanization {
  /// Folded names (й is и, ё is е) and their usual spellings, as `NameLine` reads them.
  package static let establishedSpellings = """
    александр: alexander aleksandr alexandr
    александра: alexandra aleksandra
    алексеи: alexey alexei aleksei aleksey
    алена: alena alyona
    артем: artem artyom
    богдан: bogdan bohdan
    виктор: viktor victor
    виктория: viktoria victoria viktoriya
    володимир: volodymyr volodimir
    вячеслав: vyacheslav viacheslav
    геннадии: gennady gennadiy gennadii
    георгии: georgy georgiy georgii
    григории: grigory grigoriy grigorii
    дмитрии: dmitry dmitri dmitriy dmitrii dimitri
    дмитро: dmytro dmitro
    евгении: evgeny evgeniy evgenii yevgeny evgeni yevgeniy
    евгения: evgenia evgeniya evgeniia yevgenia yevgeniya
    екатерина: ekaterina yekaterina
    ксения: ksenia kseniya xenia kseniia
    константин: konstantin constantin
    любовь: lyubov liubov lubov
    людмила: lyudmila ludmila liudmila
    максим: maxim maksim
    микола: mykola mikola
    михаило: mykhailo mykhaylo mihailo
    николаи: nikolay nikolai nicolai
    оксана: oksana oxana
    олег: oleg oleh
    петр: petr pyotr piotr
    семен: semyon semen
    сергеи: sergey sergei
    софия: sofia sofiya sophia
    софья: sofia sofya
    федор: fedor fyodor
    юлия: yulia julia yuliya iuliia
    юрии: yuri yury yuriy iurii
    хрущев: khrushchev khrushchyov
    чаиковскии: tchaikovsky chaikovsky chaykovskiy tschaikowski
    γιαννησ: giannis yannis yiannis
    γιωργοσ: giorgos yorgos yiorgos
    ειρηνη: eirini irini
    ζωη: zoe zoi
    κωστασ: kostas costas
    νικοσ: nikos nicos
    σοφια: sofia sophia
    στεφανοσ: stefanos stephanos
    φωτησ: fotis photis
    """
}
