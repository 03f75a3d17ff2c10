extension TitleAbbreviations {
  /// A line: abbreviations, then their expansions, the most usual first.
  package static let table = """
    sr: senior
    jr: junior
    snr: senior
    jnr: junior
    mgr: manager
    mngr: manager
    mgmt: management
    eng: engineer | engineering
    engr: engineer
    dev: developer | development
    dir: director
    asst: assistant
    assoc: associate
    exec: executive
    admin: administrator | administrative | administration
    ops: operations
    coord: coordinator
    rep: representative
    spec: specialist
    supv: supervisor
    supt: superintendent
    tech: technician | technical | technology
    prof: professor
    maint: maintenance
    supr | supvr: supervisor
    sgt: sergeant
    lt: lieutenant
    capt: captain
    atty: attorney
    pharm: pharmacist | pharmacy
    elec: electrical | electrician
    mech: mechanical | mechanic
    engrg: engineering
    constr: construction
    instr: instructor
    oper: operator
    secy: secretary
    svc | svcs: service | services
    acctg: accounting
    transp: transportation
    whse: warehouse
    regl: regional
    govt: government
    intl: international
    natl: national
    dept: department
    mktg: marketing
    mfg: manufacturing
    fin: finance | financial
    acct: account | accountant
    rd | r d: research and development | research development
    hr: human resources
    ta: talent acquisition | teaching assistant
    hrbp: human resources business partner | hr business partner
    it: information technology
    qa: quality assurance
    qc: quality control
    pr: public relations
    bd | biz dev: business development
    vp: vice president
    svp: senior vice president
    evp: executive vice president
    avp: assistant vice president | associate vice president
    md: managing director | medical doctor
    gm: general manager
    ceo: chief executive officer
    cto: chief technology officer | chief technical officer
    cfo: chief financial officer
    coo: chief operating officer
    cmo: chief marketing officer | chief medical officer
    cpo: chief product officer | chief people officer
    cio: chief information officer
    ciso: chief information security officer
    cdo: chief data officer
    cro: chief revenue officer
    chro: chief human resources officer
    ea: executive assistant
    pa: personal assistant | physician assistant
    swe | sde: software engineer | software development engineer
    sdet: software development engineer in test
    sre: site reliability engineer
    dba: database administrator
    sysadmin: system administrator | systems administrator
    ds: data scientist | data science
    mle: machine learning engineer
    em: engineering manager
    pm: product manager | project manager | program manager
    tpm: technical program manager | technical project manager
    po: product owner
    pmo: project management office
    ba: business analyst
    sa: solutions architect | solution architect
    se: sales engineer
    ml: machine learning
    ai: artificial intelligence
    dl: deep learning
    nlp: natural language processing
    cv: computer vision
    bi: business intelligence
    ux: user experience
    ui: user interface
    hci: human computer interaction
    infosec: information security
    appsec: application security
    iam: identity and access management
    erp: enterprise resource planning
    crm: customer relationship management
    seo: search engine optimization
    sem: search engine marketing
    ppc: pay per click
    k8s: kubernetes
    js: javascript
    ts: typescript
    py: python
    rb: ruby
    postgres | pg: postgresql
    tf: tensorflow | terraform
    aws: amazon web services
    gcp: google cloud platform
    cs: customer success | customer service | computer science
    tdd: test driven development
    oop: object oriented programming
    fullstack: full stack
    frontend: front end
    backend: back end
    devops: dev ops
    devsecops: dev sec ops
    fe developer: frontend developer | front end developer
    fe engineer: frontend engineer | front end engineer
    be developer: backend developer | back end developer
    be engineer: backend engineer | back end engineer
    datacenter: data center
    helpdesk: help desk
    ae: account executive
    am: account manager
    csm: customer success manager
    csr: customer service representative
    sdr: sales development representative
    bdr: business development representative
    bdm: business development manager
    kam: key account manager
    smm: social media manager
    cpa: certified public accountant
    cfa: chartered financial analyst
    ap: accounts payable
    ar: accounts receivable
    fp a: financial planning and analysis
    rn: registered nurse
    lpn: licensed practical nurse
    lvn: licensed vocational nurse
    cna: certified nursing assistant
    np: nurse practitioner
    pt: physical therapist | part time
    ft: full time
    ot: occupational therapist
    slp: speech language pathologist
    cra: clinical research associate
    emt: emergency medical technician
    lcsw: licensed clinical social worker
    ehs: environment health safety
    pe: professional engineer | physical education
    ee: electrical engineer
    cnc: computer numerical control
    cad: computer aided design
    hvac: heating ventilation air conditioning
    cdl: commercial driver license
    phd: doctor of philosophy
    mba: master of business administration
    bs | bsc: bachelor of science
    ms | msc: master of science
    """
}
