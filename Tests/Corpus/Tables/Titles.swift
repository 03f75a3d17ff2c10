/// The parts of English titles.
///
/// A family's weight counts the titles whose role it gives; together they make `engineer` stand in about 24 %
/// of all records and `software engineer` in about 0.8 %.
enum TitleText {
  struct Family {
    var weight: Int
    /// Role nouns with weights.
    var roles: String
    /// What stands before the role, the most frequent first.
    var fields: String
    var offset = 8
  }

  static let families: [Family] = [
    Family(
      weight: 281, roles: "Engineer*930|Engineer I*20|Engineer II*35|Engineer III*15",
      fields: engineering, offset: 5),
    Family(
      weight: 125, roles: "Developer*940|Programmer*35|Developer II*25",
      fields: technologies),
    Family(
      weight: 170, roles: "Manager*850|Team Lead*60|Supervisor*60|General Manager*30",
      fields: business),
    Family(weight: 65, roles: "Nurse*880|Nurse Practitioner*60|Nursing Assistant*60", fields: wards),
    Family(weight: 90, roles: "Analyst*900|Analyst II*30|Reporting Analyst*70", fields: analysis),
    Family(
      weight: 130,
      roles: """
        Specialist*170|Coordinator*140|Consultant*140|Assistant*120|Administrator*70|Director*70
        Representative*90|Associate*70|Officer*60|Executive*70
        """,
      fields: business),
    Family(
      weight: 45, roles: "Architect*280|Scientist*300|Designer*170|Technician*250",
      fields: technologies + "|" + engineering),
    Family(weight: 94, roles: "_", fields: whole),
  ]

  /// Before the role: nothing for half of the titles.
  static let levels = """
    _*520|Senior*170|Junior*65|Lead*45|Sr.*30|Principal*25|Staff*20|Associate*20|Graduate*15|Jr.*15|Head*6
    Chief*6|Intern*12|Trainee*12|Assistant*12|Deputy*6|Interim*5|Global*6|Regional*8|Mid-level*5
    """

  /// After the role.
  static let suffixes = """
    (m/f/d)|- Remote|(Contract)|(Part-time)|- Night Shift|(Remote)|, EMEA|(f/m/x)|, North America|- Hybrid
    II|(Maternity Cover)|– 12 Month FTC|, APAC|(Temporary)|- Weekend Shift|/ Team Lead|(all genders)|- UK
    *URGENT*|(100 %)|- On-site|, LATAM|[Confidential]|"Rockstar"
    """

  /// Of what: the long tail.
  static let areas = """
    Payments|Platform|Growth|Claims|Checkout|Data Platform|Infrastructure|Fraud|Search|Cardiology|Oncology
    Wind Power|Rail|Avionics|Logistics|Warehouse|Retail|Wholesale|Corporate|Public Sector|Energy|Mobility
    Identity|Billing|Messaging|Maps|Ads|Trust & Safety|Developer Tools|Robotics|Battery|Powertrain
    Semiconductors|Packaging|Dairy|Cosmetics|Pharma|Clinical Trials|Pediatrics|Radiology|Emergency
    Home Care|Facilities|Fleet|Procurement|Tax|Audit|Treasury|Pensions|Life Insurance|Reinsurance
    Mortgages|Private Banking|Media|Gaming|Events|Hospitality|Airports|Ports|Water
    """

  /// What is said of an area.
  static let aspects = """
    Europe|Operations|Quality|Integration|Strategy|Automation|Onboarding|Compliance|Delivery|Innovation
    Nordics|DACH|Partnerships|Support|Migration|Performance|Security|Reliability|Analytics|Experience
    Planning|Maintenance|Germany|Iberia|Midwest|West Coast|Benelux|Transformation|Services|R&D
    """

  private static let engineering = """
    Process|Project|Data|Software|Mechanical|Electrical|DevOps|Systems|QA|Network|Civil|Cloud|Sales
    Site Reliability|Machine Learning|Quality|Manufacturing|Test|Support|Security|Field Service|Design
    Hardware|Embedded|Structural|Chemical|Platform|Solutions|Backend|Frontend|Full Stack|Industrial
    Maintenance|Production|Automation|R&D|Controls|Reliability|Infrastructure|Validation|C++|Python|Java
    .NET|Node.js|Firmware|Aerospace|Biomedical|Environmental|Geotechnical|Safety|Marine|Mining|Nuclear
    Petroleum|Piping|HVAC|RF|FPGA|ASIC|Analog|Power|Optical|Computer Vision|NLP|MLOps|Release|Build
    Database|Big Data|ETL|Integration|Application|Customer|Implementation|Technical Support|Tooling
    Welding|Packaging|Plant|Rail|Traffic|Transport|Water|Wind Turbine|Solar|Battery|Powertrain
    Vehicle Dynamics|Robotics|Mechatronics|Acoustics|Materials|Metallurgical|Thermal|Simulation|CAD|CNC
    Cost|Estimating|Commissioning|Instrumentation|SCADA|PLC|Telecom|5G|VoIP|Linux|Windows|Storage
    Virtualization
    """

  private static let technologies = """
    Java|Web|Python|.NET|Full Stack|Front End|Backend|C++|iOS|Android|PHP|JavaScript|React|Node.js
    Software|Salesforce|C#|Ruby on Rails|Go|SQL|WordPress|Mobile|Angular|ASP.NET|Vue.js|Kotlin|Swift|Unity
    Game|ETL|BI|SAP ABAP|Oracle|PL/SQL|Scala|Rust|TypeScript|Embedded C|COBOL|Mainframe|SharePoint
    Power BI|Drupal|Magento|Shopify|Next.js|Django|Spring Boot|AWS|Azure|Blockchain|Solidity
    Data Warehouse|Hadoop|Spark|Elixir|Erlang|Haskell|F#|Perl|R|MATLAB|LabVIEW|Unreal|AR/VR|ServiceNow
    Dynamics 365|NetSuite|Workday|MuleSoft|UiPath|RPA|API|Firmware|Qt|Delphi|Visual Basic|Objective-C
    Flutter|React Native|Xamarin|Ionic|GraphQL|Cloud|AI|Machine Learning
    """

  private static let business = """
    Project|Account|Sales|Product|Operations|Marketing|HR|Office|Store|Customer Success
    Business Development|Finance|Program|Human Resources|Supply Chain|Service Delivery|Engineering
    Warehouse|Logistics|Procurement|Quality|Customer Service|Restaurant|Regional Sales|Branch
    Assistant Store|Key Account|Brand|Category|Risk|Compliance|Facilities|Production|Plant|Construction
    Site|Property|Event|Communications|Public Relations|Social Media|Digital|E-Commerce|Content|SEO|CRM
    Payroll|Accounting|Accounts Payable|Credit|Tax|Treasury|Audit|Legal|Contracts|Vendor|IT|IT Service
    Infrastructure|Security|Data|Analytics|R&D|Innovation|Change|Transformation|PMO|Talent Acquisition
    Recruiting|Learning & Development|Training|Compensation & Benefits|Employee Relations|Health & Safety
    Fleet|Transport|Export|Import|Purchasing|Inventory|Merchandising|Visual Merchandising|Hotel
    Front Office|Housekeeping|Food & Beverage|Catering|Kitchen|Spa|Clinic|Laboratory|Clinical
    Regulatory Affairs|Medical|Pharmacy|Grants|Fundraising|Volunteer|Community|Policy|Sustainability
    Real Estate|Leasing|Claims|Underwriting|Partnership|Channel
    """

  private static let wards = """
    Registered|Staff|ICU|Emergency Room|Pediatric|Charge|School|Licensed Practical|Travel|Operating Room
    Home Health|Critical Care|Psychiatric|Oncology|Practice|Community|Dialysis|Labor & Delivery|Neonatal
    Medical-Surgical|Hospice|Mental Health|Theatre|Ward|District|Research|Infusion|Telemetry|Cardiac
    Orthopedic|Occupational Health|Triage|Dental|Veterinary|Palliative Care|Wound Care|Flight|Forensic
    Diabetes|Geriatric
    """

  private static let analysis = """
    Business|Data|Financial|Systems|Operations|Research|Marketing|Credit|Risk|Security|Sales|Budget
    Quality|HR|Product|Investment|Pricing|Supply Chain|Business Intelligence|Business Systems|SOC
    Compliance|Fraud|Logistics|Programmer|Policy|Web|CRM|Cost|Treasury|Tax|Equity|Market|Healthcare
    Clinical Data|Intelligence|GIS|Insights|Reporting|Actuarial|Workforce|Inventory|Procurement|Climate
    Crime|KYC|AML|Threat|Test|People
    """

  private static let whole = """
    Accountant|Truck Driver|Electrician|Receptionist|Cashier|Paralegal|Pharmacist|Physical Therapist|Chef
    Teacher|Software Tester|Bookkeeper|Mechanic|Forklift Operator|Welder|Plumber|Carpenter|Barista
    Security Guard|Dentist|Physician|Surgeon|Attorney|General Counsel|Copywriter|Journalist|Translator
    Graphic Designer|UX Designer|UX Researcher|Scrum Master|Product Owner|Recruiter|Buyer|Auditor
    Controller|CFO|CTO|CEO|COO|VP of Sales|VP of Engineering|Head of Growth|Executive Assistant
    Personal Assistant|Librarian|Social Worker|Psychologist|Veterinarian|Radiographer|Midwife|Paramedic
    Caregiver|Nanny|Math Teacher|Professor of Physics|Lecturer|Tutor|Postdoctoral Researcher
    Lab Technician|Machinist|CNC Operator|Assembler|Picker/Packer|Delivery Driver|Pilot|Flight Attendant
    Dispatcher|Crane Operator|Surveyor|Quantity Surveyor|Painter|Roofer|Landscaper|Gardener|Janitor
    Cleaner|Housekeeper|Waiter|Waitress|Bartender|Sous Chef|Line Cook|Baker|Butcher|Hairdresser
    Fitness Trainer|Photographer|Video Editor|3D Artist|Animator|Sound Designer|Actor|Stage Manager
    Curator|Archivist|Economist|Statistician|Actuary|Underwriter|Loan Officer|Bank Teller|Trader|Quant
    Broker|Real Estate Agent|Insurance Agent|Call Center Agent|Telemarketer|Field Sales|Sales Rep
    Merchandiser|Florist|Tailor|Jeweler|Biologist|Chemist|Geologist|Physicist|Astronomer|Oceanographer
    Park Ranger|Firefighter|Police Officer|Interpreter (ASL)|Chief of Staff|Student Worker|Werkstudent
    Volunteer|Freelancer|Open Application|Other|n/a|Café Manager|Maître d'|Attaché
    """
}
