/// Where e-mails and web pages live, and what else stands in a record.
///
/// Every e-mail domain is in a zone that is reserved (RFC 2606): none of the addresses can reach a person.
enum ContactText {
  static let domains = """
    gmail.example|outlook.example|yahoo.example|hotmail.example|icloud.example|example.com|mail.example
    web.example|example.org|proton.example|example.net|live.example|post.example|qq.example|163.example
    yandex.example|naver.example|orange.example|free.example|aol.example|students.example|alumni.example
    university.example|fastmail.example
    """

  static let linkKinds = "GITHUB|PERSONAL|PORTFOLIO|BLOG|TWITTER|OTHER|STACKOVERFLOW|XING"

  static let linkPrefixes = """
    https://github.com/|https://www.example.com/~|https://portfolio.example.com/|https://blog.example.org/
    https://twitter.com/|http://example.net/|https://stackoverflow.com/users/|https://www.xing.com/profile/
    """

  static let categories = "REG|TEMP|INTERN|CONTRACT|EXEC|SEASONAL"
  static let sources = """
    CAREERS PAGE|REFER|LINKEDIN|AGENCY|JOB BOARD|CAMPUS|SOURCED|INTERNAL|WALK-IN|EVENT|Indeed|Stepstone
    """
  static let nationalities = """
    USA|IND|DEU|GBR|MEX|FRA|CHN|POL|ESP|TUR|VNM|RUS|BRA|KOR|JPN|SWE|EGY|ISR|GRC|CAN
    """
  static let notes = """
    ok|call after 5 pm|said: "maybe next year"|strong in C:\\|prefers Zürich / Genève|salary > 90k?
    tel. am Abend|面試 2 次|left voicemail|very good English|à rappeler|needs <b>visa</b>|see e-mail of 3 May
    👍 from the panel
    """
}
