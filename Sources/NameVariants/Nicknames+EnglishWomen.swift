extension Nicknames {
  package static let englishWomen = """
    alexandra: alex sandra alexa lexi sandy sasha lexie
    alexis: alex lexi lexie lex
    patricia: pat patty trish tricia patti patsy trisha tish
    frances: fran frankie francie fanny frannie
    theresa teresa: terry tess terri tessa teri
    jessica: jess jessie jessy
    gabrielle gabriella: gabby gabi gaby ella brie gabs
    louise louisa: lou lulu
    eleanor elinor: ellie nell nora ella elle nellie lenny
    isabel isabelle isabella isobel: izzy bella belle bell izzie tibby
    jacqueline: jackie jacqui jacky
    janet: jan
    janice: jan
    jane: janey janie
    jean: jeannie jeanie
    jennifer: jen jenny jenn jennie jenni
    joanna joanne johanna: jo joey joann
    josephine: jo josie joey fifi jos
    judith: judy jude judie judi
    julia: jules julie
    julie: jules
    juliet: jules
    katherine catherine kathryn katharine: kate kathy katie kat cathy kitty kay cate kit katy
    kathleen: kathy kath kay kat katie
    kimberly kimberley: kim kimmy
    kristen kristin: kris kirsty
    kristina christina: tina chris kris chrissy chrissie
    christine: chris chrissy tina christy christie
    laura: laurie lori
    lauren: laurie ren loz
    lillian lilian: lily lil lilly
    linda: lindy lyn
    lindsay lindsey: lin lindy
    lucinda: lucy cindy lou
    lucy: lu lou
    madeleine madeline madelyn: maddie maddy lena
    amanda: mandy manda
    amelia: amy millie mel milly
    emily: em emmy millie emmie
    emma: em emmy
    margaret: maggie meg peggy marge daisy greta rita madge margie peg maisie margo
    marjorie margery: marge margie
    martha: marty patty mattie
    mary: molly polly mamie may moll
    matilda mathilda: tilly mattie tilda matty tillie
    megan: meg meggie
    melanie: mel mellie
    melinda: mel mindy lindy
    melissa: mel missy lissa
    michelle michele: shelly mickey chelle shelley shell
    nancy: nan
    ann anne anna: annie nan nancy
    annabel annabelle: anna bella belle
    natalie natalia: nat nattie
    natasha: tasha nat tash
    nicole nicola: nicky nikki niki nic nikky cole
    olivia: liv livvy ollie livia oli
    pamela: pam pammy
    penelope: penny
    philippa: pippa pip
    priscilla: cilla prissy
    rachel rachael: rach rae shelly
    rebecca rebekah: becky becca bex beck
    roberta: bobbie robbie
    rosemary: rose rosie
    rosalind rosalyn: ros roz rose
    rose: rosie
    samantha: sam sammy sammie
    sandra: sandy
    cassandra: cass cassie sandy sandra casey cassy
    sarah sara: sally sadie sal
    sally: sal
    sophia sophie: soph
    stephanie stefanie: steph stephie stevie steffi stef
    susan susanna susannah suzanne: sue susie suzy sukey suzie zanna
    valerie: val
    vanessa: nessa ness
    agnes: aggie nessie
    veronica: ronnie vera roni vron
    victoria: vicky vicki tori vic vickie vix tory
    virginia: ginny ginger ginnie
    winifred: winnie freddie
    elizabeth: liz beth betty lizzie eliza betsy libby bess lisa liza bessie ellie
    elisabeth: liz beth betty
    abigail: abby gail abbie abi
    alice: allie ali
    alison allison: ali allie ally
    anastasia: stacy ana stacey
    andrea: andie drea
    angela: angie ange
    angelica angelina: angie lina ange
    antonia: toni tony
    arabella: bella belle
    barbara: barb barbie babs bobbie
    beatrice beatrix: bea trixie
    belinda: bel lindy linda
    bethany: beth
    bridget: biddy bridie
    carol carole: caz
    caroline carolyn: carrie caro carol lynn
    cecilia: cissy celia cece
    charlotte: charlie lottie char charl lotte
    cynthia: cindy cyn
    danielle: dani danni dan
    deborah debra: deb debbie debby
    denise: dee
    diana diane: di
    dorothy dorothea: dot dottie dolly thea dory dodie
    edith: edie
    elaine: laine
    erica: rikki
    esther: essie hettie
    evelyn: evie eve
    felicia felicity: fliss flick
    florence: flo florrie flossie
    georgina georgia georgiana: georgie gina
    gertrude: gertie trudy
    gillian: gill jill jilly
    hannah: nan
    harriet: hattie harry hettie
    helen helena: nell nellie lena
    jemima: mima jem
    paula: polly
    paulina pauline: polly
    rosalie: rose rosie
    ruth: ruthie
    constance: connie
    gwendolyn gwendolen: gwen
    beverly beverley: bev
    bernadette: bernie
    brittany: britt
    camilla camille: cam millie
    cheryl: cher
    clara: clare
    genevieve: gen viv
    geraldine: gerry
    henrietta: etta hettie
    lesley: les
    lucille: lucy
    mackenzie: kenzie
    maxine: max
    millicent mildred: millie
    miranda: randy mandy
    meredith: merry
    regina: gina
    sharon: shaz
    shirley: shirl
    tabitha: tabby
    tamara: tammy tam
    tiffany: tiff
    vivian vivien: viv
    adelaide: addie
    wilhelmina: mina minnie
    antoinette: toni
    imogen: immy
    eugenia: genie
    chelsea: chels
    zoe: zo
    michaela mikaela: kayla
    yolanda: yoli
    siobhan: shiv
    caitlin kaitlin kaitlyn caitlyn katelyn: cait kait katie kate cat
    jenna: jen jenny
    jocelyn: joss
    ashley ashleigh: ash
    alana: lana
    anita: nita
    annette: annie netty
    audrey: aud
    brianna breanna: bri bree
    candace candice: candy
    charlene: charl charlie
    chloe: clo
    clementine: clem
    courtney: court
    crystal: crys
    delilah: lila
    desiree: desi
    edwina: eddie
    elena: lena
    emilia: em millie
    estelle: essie stella
    eva: evie
    fiona: fi
    gemma: gem
    grace: gracie
    hilary hillary: hil
    holly: hol
    irene: rena
    jasmine: jas jaz
    jemma: jem
    jeanette: jean
    jolene: jo
    juliana julianna: jules
    karen: kaz
    katrina: kat trina
    kayla: kay
    kelsey: kels
    leanne: lea
    lorraine: lori
    lydia: lyd
    madison: maddie maddy
    marissa: rissa
    martina: tina
    miriam: mimi mim
    monica: mon
    naomi: nomi
    phoebe: pheebs
    rhiannon: rhi
    roxanne roxanna: roxy
    rosanna: rosie
    sabrina: bri
    savannah: sav
    selena: lena
    serena: rena
    shannon: shan
    theodora: thea dora teddy
    tracey tracy: trace
    ursula: ula
    viola violet: vi
    vivienne: viv
    yasmin: yas yaz
    """
}
