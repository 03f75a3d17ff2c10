/// Tags, in the customers' own words.
enum TagText {
  /// Which of the three seniorities a candidate carries; the parts of one entry are several tags.
  static let seniority = """
    _*355|JUNIOR*190|INTERMEDIATE*180|SENIOR*195|JUNIOR+INTERMEDIATE*30|INTERMEDIATE+SENIOR*25
    """

  /// The other tags that many candidates carry; the order of their frequency.
  static let common = """
    Tech Experience|ARCHIVED|referral|campus 2021 spring|relocation|Hot 🔥|bilingual|campus 2022 autumn
    silver medalist|remote only|visa sponsorship|part-time|boomerang|driver’s licence|do-not-poach
    security clearance|night shift|campus 2023 spring|Interviewed|diversity|C++|Python|SQL|forklift|DACH
    EMEA|internship|no show|phone screen passed|offer declined|alumni|contractor|team lead|German B2
    English C1|R&D|campus 2024 spring
    """

  /// How a rare tag begins and what follows: thousands together.
  static let beginnings = """
    knows|certified in|interviewed for|pool:|batch|met at|wants|speaks|event|career fair|sourced via
    talent pool|moved to|likes|shortlist|trained in|coded in|recommended by|worked at|team|open to
    hackathon|cohort|prefers|course|needs|available from|notice until|backup for|lead on|follow up
    declined|waiting for|skill:|region:|dept/|#hire|wave|tour|bootcamp
    """

  static let endings = """
    Kubernetes|Excel VBA|Figma|SAP S/4HANA|spring 2020|autumn 2020|May 2024|June 2025|Q1 2022|Q2 2022
    Q3 2023|Q4 2025|Berlin office|São Paulo|the night team|customer care|welding TIG|first aid
    pediatric care|wound care|AWS|Azure|GCP|Terraform|Node.js|.NET|React|Spark|dbt|Tableau|Looker|HubSpot
    Salesforce|Scrum|PRINCE2|Six Sigma|ISO 9001|IFRS|US GAAP|tax law|French B1|Polish|Türkçe|日本語|한국어
    العربية|Mandarin|sign language|night work|weekend work|4-day week|home office|travel 50 %|no travel
    Paris meetup|PyCon|FOSDEM|job fair Köln|open day|school visit|university day|hiring manager
    works council|alumni network|the CFO|Anna K.|Team Blue|Team Red|squad 7|line 3|plant 12|warehouse B
    store 104|ward 5|clinic east|region south|Nordics|Iberia|APAC|graduate programme|trainee programme
    second interview|reference check|assessment centre|salary talk|relocation offer|contract draft
    medical check|background check|visa papers|driver class C|forklift class 2|high voltage|clean room|GMP
    HACCP|cold storage|crane licence|drone licence|pilot project|"plan B"|C:\\temp
    """
}
