/// Fields, contacts, flags and times.
extension QueryTable {
  static let fields: [Row] = [
    Row(
      "title:-nurse has:first_name", "(NOT title:nurse AND has:first_name)",
      "updated cpp c csharp dotnet created node fsharp rnd java javamanager php smithjones "
        + "johnsmith smithjohn lukasz finance mueller muller soren jose nguyen yamada kim doe "
        + "ivanov greek arabic thai patel jane emoji half jr"),
    Row(
      "title:!nurse,chef", "(title:chef AND NOT title:nurse)", "updated created patel"),
    Row("tag:-JUNIOR engineer", "(NOT tag:JUNIOR AND engineer)", "soren cpp dotnet fsharp"),
    Row("-is-private:true engineer", "(NOT is-private:true AND engineer)", "soren cpp dotnet fsharp"),
    Row("custom.hire-source:refer", "custom.hire-source:refer", "doe"),
    Row("title:'head nurse'", "title:\"head nurse\"", "obrian"),
    Row("title:nurse", "title:nurse", "obrian obrien"),
    Row("title:\"head nurse\"", "title:\"head nurse\"", "obrian"),
    Row("title:=nurse", "title:=nurse", "obrien"),
    Row("title:=\"head nurse\"", "title:=\"head nurse\"", "obrian"),
    Row(
      "title:(java OR php) -title:manager", "((title:java OR title:php) AND NOT title:manager)",
      "csharp java php"),
    Row("title:java,php", "(title:java OR title:php)", "csharp java javamanager php"),
    Row(
      "title:*", "title:*",
      "updated obrian obrien cpp c csharp dotnet created node fsharp rnd java javamanager "
        + "php smithjones johnsmith smithjohn lukasz finance mueller muller soren jose nguyen "
        + "yamada doe ivanov patel jane emoji half jr"),
    Row("title:java,-manager", "(title:java AND NOT title:manager)", "csharp java"),
    Row("title:-manager,-nurse java", "(NOT title:manager AND NOT title:nurse AND java)", "csharp java"),
    Row("-title:*", "NOT title:*", "kim greek arabic thai nobody"),
    Row("company:google", "company:google", "doe"),
    Row("company:at&t", "company:at&t", "rnd"),
    Row("company:=\"budgeting & sons\"", "company:=\"budgeting & sons\"", "johnsmith"),
    Row("location:san", "location:san", "obrian obrien doe"),
    Row("location:\"san francisco\"", "location:\"san francisco\"", "obrien doe"),
    Row("location:=\"san francisco\"", "location:=\"san francisco\"", "doe"),
    Row("locations:york", "locations:york", "doe"),
    Row("tag:junior", "tag:junior", "doe"),
    Row("tag:JUNIOR,senior", "(tag:JUNIOR OR tag:senior)", "cpp c doe"),
    Row("tag:\"senior developer\"", "tag:\"senior developer\"", "dotnet"),
    Row("tag:senior", "tag:senior", "cpp c"),
    Row("tag:camp*", "tag:camp*", "jose nguyen"),
    Row("tags:\"campus 2021\"*", "tags:\"campus 2021\"*", "jose"),
    Row("tag:\"campus 2021 spring\"", "tag:\"campus 2021 spring\"", "jose"),
    Row("tag:\"hot 🔥\"", "tag:\"hot 🔥\"", "emoji"),
    Row("tag:hot", "tag:hot", ""),
    Row("tag:do-not-poach", "tag:do-not-poach", "emoji"),
    Row("tag:*", "tag:*", "cpp c dotnet node java smithjones jose nguyen doe emoji"),
    Row("id:doe", "id:doe", "doe"),
    Row("id:DOE,jane", "(id:DOE OR id:jane)", "doe jane"),
    Row("remote_id:123321", "remote_id:123321", "doe"),
    Row("application:app-1", "application:app-1", "doe"),
    Row("attachment:att-1", "attachment:att-1", "doe"),
    Row("applications:*", "applications:*", "doe"),
    Row(
      "connector:main", "connector:main",
      "updated obrian obrien cpp c csharp dotnet created node fsharp rnd java javamanager "
        + "php smithjones johnsmith smithjohn lukasz finance mueller muller soren jose nguyen "
        + "yamada kim doe ivanov greek arabic thai patel jane emoji half jr nobody"),
    Row("connector:other", "connector:other", ""),
    Row("custom.hire_source:refer", "custom.hire_source:refer", "doe"),
    Row("custom.hire_source:ref*", "custom.hire_source:ref*", "doe"),
    Row("custom.category_group:REG", "custom.category_group:REG", "doe"),
    Row("custom.hire_source:*", "custom.hire_source:*", "doe"),
    Row("has:url", "has:url", "doe jane jr"),
    Row("missing:interaction", "missing:interaction", "updated created nobody"),
    Row("has:tags missing:email", "(has:tags AND missing:email)", "cpp c dotnet node java jose nguyen emoji"),
    Row("has:first_name -has:title", "(has:first_name AND NOT has:title)", "kim greek arabic thai"),
    Row("missing:name", "missing:name", "nobody"),
    Row("has:avatar", "has:avatar", "doe"),
  ]

  static let contacts: [Row] = [
    Row("phone:(415) 555-0123,(946) 555-2717", "(phone:(415) 555-0123 OR phone:(946) 555-2717)", "obrien jr"),
    Row("url:jr.example.com", "url:jr.example.com", "jr"),
    Row("phone:9465552717", "phone:9465552717", "jr"),
    Row("john@doe.com", "john@doe.com", "doe"),
    Row("JOHN@DOE.COM", "JOHN@DOE.COM", "doe"),
    Row("email:john@doe.com", "email:john@doe.com", "doe"),
    Row("email:john", "email:john", "johnsmith doe jr"),
    Row("email:@doe.com", "email:@doe.com", "doe jr"),
    Row("email:@acme.com", "email:@acme.com", "obrian obrien smithjones jane"),
    Row("email:acme", "email:acme", "obrian obrien smithjones johnsmith jane"),
    Row("email:smith", "email:smith", "smithjones johnsmith"),
    Row("email:a.smith-jones@acme.com", "email:a.smith-jones@acme.com", "smithjones"),
    Row("email:jane.doe@*", "email:jane.doe@*", ""),
    Row("email:mary*", "email:mary*", "obrien"),
    Row("@mail.acme.com", "@mail.acme.com", "johnsmith"),
    Row("@acme*", "@acme*", "obrian obrien smithjones johnsmith jane"),
    Row("email:*", "email:*", "obrian obrien smithjones johnsmith doe jane jr"),
    Row("+1 415 555 0123", "+1 415 555 0123", "obrien"),
    Row("415-555-0123", "415-555-0123", "obrien"),
    Row("415.555.0123", "415.555.0123", "obrien"),
    Row("415 555 0123", "415 555 0123", "obrien"),
    Row("phone:(415) 555-0123", "phone:(415) 555-0123", "obrien"),
    Row("phone:\"+1 415 555 0123\"", "phone:\"+1 415 555 0123\"", "obrien"),
    Row("phone:0123", "phone:0123", "obrien patel"),
    Row("phone:555-0123", "phone:555-0123", "obrien patel"),
    Row("phone:5550199,0705", "(phone:5550199 OR phone:0705)", "obrian patel jane"),
    Row("phone:+44 20 7946 0705", "phone:+44 20 7946 0705", "patel jane"),
    Row("phone:02079460705", "phone:02079460705", "patel jane"),
    Row("phone:442079460705", "phone:442079460705", "patel jane"),
    Row("020 7946 0705", "020 7946 0705", "patel jane"),
    Row("1234567890", "1234567890", "doe"),
    Row("phone:*", "phone:*", "obrian obrien doe patel jane jr"),
    Row(
      "-phone:*", "NOT phone:*",
      "updated cpp c csharp dotnet created node fsharp rnd java javamanager php smithjones "
        + "johnsmith smithjohn lukasz finance mueller muller soren jose nguyen yamada kim ivanov "
        + "greek arabic thai emoji half nobody"),
    Row("url:linkedin.com", "url:linkedin.com", "doe"),
    Row("url:www.linkedin.com/in/johndoe/", "url:www.linkedin.com/in/johndoe/", "doe"),
    Row("url:johndoe", "url:johndoe", "doe"),
    Row("url:in/johndoe", "url:in/johndoe", "doe"),
    Row("url:github.com/jane-doe", "url:github.com/jane-doe", "jane"),
    Row("url:@jane-doe", "url:@jane-doe", "jane"),
    Row("url:https://github.com", "url:https://github.com", "jane"),
    Row("url:about", "url:about", "jane"),
    Row("url:jane.example.org", "url:jane.example.org", "jane"),
  ]

  static let flags: [Row] = [
    Row("can-email:true", "can-email:true", "obrien cpp doe"),
    Row("is_private:true", "is_private:true", "doe"),
    Row("is_private:false", "is_private:false", "obrien cpp c"),
    Row(
      "is_private:unknown has:tag", "(is_private:unknown AND has:tag)",
      "dotnet node java smithjones jose nguyen emoji"),
    Row("can_email:yes", "can_email:yes", "obrien cpp doe"),
    Row("can_email:no", "can_email:no", "c"),
    Row("can_email:true -is:private", "(can_email:true AND NOT is:private)", "obrien cpp"),
    Row("is:emailable", "is:emailable", "obrien cpp doe"),
    Row("is:private", "is:private", "doe"),
    Row("-is:emailable has:email", "(NOT is:emailable AND has:email)", "obrian smithjones johnsmith jane jr"),
  ]

  static let times: [Row] = [
    Row(
      "last_interaction:3y..10y", "last_interaction:3y..10y",
      "cpp c csharp dotnet node fsharp rnd java javamanager php smithjones johnsmith "
        + "smithjohn lukasz finance mueller muller soren jose nguyen yamada kim doe ivanov greek "
        + "arabic thai patel jane emoji half jr"),
    Row(
      "last_interaction:10y..3y", "last_interaction:10y..3y",
      "cpp c csharp dotnet node fsharp rnd java javamanager php smithjones johnsmith "
        + "smithjohn lukasz finance mueller muller soren jose nguyen yamada kim doe ivanov greek "
        + "arabic thai patel jane emoji half jr"),
    Row("last_interaction:2024", "last_interaction:2024", "obrian"),
    Row("last_interaction:2023-12", "last_interaction:2023-12", "obrien"),
    Row("last_interaction:2023-12-31", "last_interaction:2023-12-31", "obrien"),
    Row("last_interaction:>2023-12-31", "last_interaction:>2023-12-31", "obrian"),
    Row("last_interaction:>=2023-12-31", "last_interaction:>=2023-12-31", "obrian obrien"),
    Row("last_interaction:<2020-12-01", "last_interaction:<2020-12-01", "half jr"),
    Row("last_interaction:<=2020-12-01", "last_interaction:<=2020-12-01", "emoji half jr"),
    Row("last_interaction:2021-10..2021-11", "last_interaction:2021-10..2021-11", "jose nguyen"),
    Row("last_interaction:..2020", "last_interaction:..2020", "emoji half jr"),
    Row("last_interaction:2024..", "last_interaction:2024..", "obrian"),
    Row("-last_interaction:* chef", "(NOT last_interaction:* AND chef)", "updated created"),
    Row("chef -last_interaction:2021", "(chef AND NOT last_interaction:2021)", "updated created"),
    Row("nurse OR last_interaction:2021-07", "(nurse OR last_interaction:2021-07)", "obrian obrien doe"),
    Row("modified:today", "modified:today", "updated"),
    Row("modified:yesterday", "modified:yesterday", ""),
    Row("modified:<7d", "modified:<7d", "updated cpp"),
    Row("modified:>7d", "modified:>7d", "obrien created doe"),
    Row("modified:2024", "modified:2024", "created"),
    Row("modified:2024-12-31", "modified:2024-12-31", "created"),
    Row("modified:>2024", "modified:>2024", "updated obrien cpp"),
    Row("modified:*", "modified:*", "updated obrien cpp created doe"),
    Row("-modified:* tag:senior", "(NOT modified:* AND tag:senior)", "c"),
    Row("created:2023-01", "created:2023-01", "created"),
    Row("created:<2021", "created:<2021", "updated"),
    Row("updated:2024-02-29", "updated:2024-02-29", "updated"),
    Row("updated:2024-02", "updated:2024-02", "updated"),
    Row(
      "chef (created:2023 OR updated:2024)", "(chef AND (created:2023 OR updated:2024))",
      "updated created"),
    Row("chef -updated:2024", "(chef AND NOT updated:2024)", "created patel"),
    Row("chef last_interaction:>10y", "(chef AND last_interaction:>10y)", ""),
    Row("engineer modified:>=2021-10-16", "(engineer AND modified:>=2021-10-16)", "cpp doe"),
  ]
}
