"""Rules on drug names: I26 brands, D01 spelling, D02 look-alikes (bad input G/J14).

Names only; what a drug does is not known here. The names follow the fact table of drugs (a test
compares them); look-alike pairs are those of the FDA and ISMP lists of tall-man letters.
"""

import re
from collections.abc import Iterator
from functools import cache, lru_cache

from trainer.content.lint.finding import OPTIONS, Finding
from trainer.content.lint.said import Said
from trainer.core.items import Item

_GENERIC_NAMES = """
    acetaminophen acyclovir adalimumab alafenamide albuterol alendronate allopurinol alprazolam
    amiodarone amitriptyline amlodipine amoxicillin amphetamine apixaban aripiprazole aspart
    aspirin atenolol atomoxetine atorvastatin atropine azithromycin baclofen baloxavir
    benazepril benzonatate benzoyl bictegravir bisacodyl bismuth bisoprolol budesonide
    bumetanide buprenorphine bupropion buspirone butalbital carbamazepine carbidopa carisoprodol
    carvedilol cefdinir ceftriaxone cefuroxime celecoxib cephalexin cetirizine chlorthalidone
    cholecalciferol ciprofloxacin citalopram clarithromycin clavulanate clindamycin clobetasol
    clonazepam clonidine clopidogrel clotrimazole codeine colchicine cyanocobalamin
    cyclobenzaprine dabigatran dapagliflozin degludec denosumab desvenlafaxine dexamethasone
    dexmethylphenidate dextroamphetamine dextromethorphan diazepam diclofenac dicyclomine
    digoxin diltiazem diphenhydramine diphenoxylate divalproex docusate donepezil doxazosin
    doxycycline dulaglutide duloxetine empagliflozin emtricitabine enalapril enoxaparin
    epinephrine ergocalciferol erythromycin escitalopram esomeprazole estradiol estrogens
    eszopiclone ethinyl evolocumab ezetimibe famotidine fenofibrate fentanyl fexofenadine
    finasteride flecainide fluconazole fluoxetine fluticasone formoterol furosemide gabapentin
    gemfibrozil gentamicin glargine glimepiride glipizide glucagon glyburide guaifenesin
    guanfacine haloperidol heparin hydralazine hydrochlorothiazide hydrocodone hydrocortisone
    hydromorphone hydroxychloroquine hydroxyzine ibuprofen icosapent insulin ipratropium
    irbesartan isoniazid isosorbide isotretinoin ivermectin ketamine ketoconazole ketorolac
    labetalol lacosamide lactulose lamotrigine lansoprazole latanoprost levalbuterol
    levetiracetam levodopa levofloxacin levonorgestrel levothyroxine lidocaine linaclotide
    liothyronine liraglutide lisdexamfetamine lisinopril lispro lithium loperamide loratadine
    lorazepam losartan lovastatin meclizine medroxyprogesterone meloxicam memantine mesalamine
    metformin methadone methimazole methocarbamol methotrexate methylphenidate
    methylprednisolone metoclopramide metoprolol metronidazole minocycline minoxidil mirabegron
    mirtazapine modafinil montelukast morphine mupirocin naloxone naltrexone naproxen nebivolol
    nicotine nifedipine nirmatrelvir nitrofurantoin nitroglycerin norethindrone norgestimate
    nortriptyline nystatin olanzapine olmesartan omeprazole ondansetron oseltamivir oxybutynin
    oxycodone pantoprazole paroxetine penicillin permethrin phenazopyridine phenobarbital
    phentermine phenytoin pioglitazone pramipexole pravastatin prazosin prednisone pregabalin
    progesterone promethazine propranolol pseudoephedrine quetiapine quinapril raloxifene
    ramipril ranolazine rifampin risperidone ritonavir rivaroxaban rizatriptan ropinirole
    rosuvastatin sacubitril salmeterol semaglutide senna sertraline sildenafil simethicone
    simvastatin sitagliptin solifenacin spironolactone sucralfate sulfamethoxazole sumatriptan
    suvorexant tadalafil tamsulosin telmisartan temazepam tenofovir terbinafine testosterone
    ticagrelor timolol tiotropium tirzepatide tizanidine topiramate torsemide tramadol trazodone
    tretinoin triamcinolone triamterene trimethoprim valacyclovir valsartan vancomycin
    varenicline venlafaxine verapamil warfarin zolpidem
"""
GENERIC = frozenset(_GENERIC_NAMES.split())
_BRANDS = """
    acetaminophen Tylenol; acyclovir Zovirax; adalimumab Humira; albuterol ProAir Ventolin;
    alendronate Fosamax; allopurinol Zyloprim; alprazolam Xanax; amiodarone Pacerone;
    amitriptyline Elavil; amlodipine Norvasc; amoxicillin Amoxil Augmentin; amphetamine
    Adderall; apixaban Eliquis; aripiprazole Abilify; aspirin Ecotrin; atenolol Tenormin;
    atomoxetine Strattera; atorvastatin Lipitor; azithromycin Zithromax Z-Pak; baclofen
    Lioresal; baloxavir Xofluza; benazepril Lotensin; benzonatate Tessalon; benzoyl PanOxyl;
    bictegravir Biktarvy; bisacodyl Dulcolax; bismuth Pepto-Bismol; bisoprolol Zebeta;
    budesonide Pulmicort Symbicort Breyna; bumetanide Bumex; buprenorphine Suboxone Zubsolv;
    bupropion Wellbutrin Zyban; buspirone BuSpar; butalbital Fiorinal; carbamazepine Tegretol;
    carbidopa Sinemet; carvedilol Coreg; cefdinir Omnicef; ceftriaxone Rocephin; cefuroxime
    Ceftin; celecoxib Celebrex; cephalexin Keflex; cetirizine Zyrtec; chlorthalidone Hygroton
    Thalitone; ciprofloxacin Cipro; citalopram Celexa; clarithromycin Biaxin; clindamycin
    Cleocin; clobetasol Temovate; clonazepam Klonopin; clonidine Catapres; clopidogrel Plavix;
    clotrimazole Lotrimin Mycelex; colchicine Colcrys Mitigare; cyanocobalamin Nascobal;
    cyclobenzaprine Flexeril Amrix; dabigatran Pradaxa; dapagliflozin Farxiga; denosumab
    Prolia; desvenlafaxine Pristiq; dexamethasone Decadron; dexmethylphenidate Focalin;
    dextromethorphan Delsym; diazepam Valium; diclofenac Voltaren Cataflam; dicyclomine
    Bentyl; digoxin Lanoxin; diltiazem Cardizem Tiazac; diphenhydramine Benadryl;
    diphenoxylate Lomotil; divalproex Depakote; docusate Colace; donepezil Aricept; doxazosin
    Cardura; doxycycline Vibramycin Doryx; dulaglutide Trulicity; duloxetine Cymbalta;
    empagliflozin Jardiance; emtricitabine Truvada Descovy; enalapril Vasotec; enoxaparin
    Lovenox; epinephrine EpiPen Auvi-Q; ergocalciferol Drisdol; erythromycin Ery-Tab;
    escitalopram Lexapro; esomeprazole Nexium; estradiol Estrace Vivelle-Dot Climara;
    estrogens Premarin; eszopiclone Lunesta; ethinyl Sprintec Tri-Sprintec; evolocumab
    Repatha; ezetimibe Zetia; famotidine Pepcid; fenofibrate Tricor; fentanyl Duragesic;
    fexofenadine Allegra; finasteride Proscar Propecia; flecainide Tambocor; fluconazole
    Diflucan; fluoxetine Prozac; fluticasone Arnuity Flonase Advair Wixela; furosemide Lasix;
    gabapentin Neurontin; gemfibrozil Lopid; gentamicin Garamycin; glimepiride Amaryl;
    glipizide Glucotrol; glucagon Gvoke Baqsimi; glyburide Diabeta Glynase; guaifenesin
    Mucinex; guanfacine Intuniv; haloperidol Haldol; hydralazine Apresoline;
    hydrochlorothiazide Microzide; hydrocodone Norco Vicodin; hydrocortisone Cortef;
    hydromorphone Dilaudid; hydroxychloroquine Plaquenil; hydroxyzine Vistaril Atarax;
    ibuprofen Advil Motrin; icosapent Vascepa; insulin NovoLog Fiasp Tresiba Lantus Basaglar
    Toujeo Humalog Admelog Humulin Novolin; ipratropium Combivent DuoNeb; irbesartan Avapro;
    isosorbide Imdur; isotretinoin Claravis Absorica; ivermectin Stromectol; ketamine Ketalar;
    ketoconazole Nizoral; ketorolac Toradol; labetalol Trandate; lacosamide Vimpat; lactulose
    Enulose; lamotrigine Lamictal; lansoprazole Prevacid; latanoprost Xalatan; levalbuterol
    Xopenex; levetiracetam Keppra; levofloxacin Levaquin; levonorgestrel Mirena; levothyroxine
    Synthroid Levoxyl Unithroid; lidocaine Xylocaine Lidoderm; linaclotide Linzess;
    liothyronine Cytomel; liraglutide Victoza Saxenda; lisdexamfetamine Vyvanse; lisinopril
    Zestril Prinivil; lithium Lithobid; loperamide Imodium; loratadine Claritin; lorazepam
    Ativan; losartan Cozaar; lovastatin Altoprev; meclizine Antivert Bonine;
    medroxyprogesterone Depo-Provera Provera; meloxicam Mobic; memantine Namenda; mesalamine
    Lialda Asacol; metformin Glucophage Glumetza; methadone Dolophine Methadose; methimazole
    Tapazole; methocarbamol Robaxin; methotrexate Trexall Otrexup; methylphenidate Ritalin
    Concerta; methylprednisolone Medrol Solu-Medrol; metoclopramide Reglan; metoprolol
    Toprol-XL Lopressor; metronidazole Flagyl; minocycline Minocin Solodyn; minoxidil Rogaine;
    mirabegron Myrbetriq; mirtazapine Remeron; modafinil Provigil; montelukast Singulair;
    mupirocin Bactroban Centany; naloxone Narcan; naltrexone Vivitrol ReVia; naproxen Aleve
    Naprosyn; nebivolol Bystolic; nicotine Nicoderm Nicorette; nifedipine Procardia;
    nirmatrelvir Paxlovid; nitrofurantoin Macrobid; nitroglycerin Nitrostat; nortriptyline
    Pamelor; nystatin Nystop; olanzapine Zyprexa; olmesartan Benicar; omeprazole Prilosec;
    ondansetron Zofran; oseltamivir Tamiflu; oxybutynin Ditropan Oxytrol; oxycodone OxyContin
    Roxicodone Percocet; pantoprazole Protonix; paroxetine Paxil; penicillin Bicillin Pen-Vee;
    permethrin Elimite; phenazopyridine Pyridium; phenobarbital Sezaby; phentermine Adipex-P;
    phenytoin Dilantin; pioglitazone Actos; pramipexole Mirapex; pravastatin Pravachol;
    prazosin Minipress; prednisone Rayos; pregabalin Lyrica; progesterone Prometrium;
    promethazine Phenergan; propranolol Inderal; pseudoephedrine Sudafed; quetiapine Seroquel;
    quinapril Accupril; raloxifene Evista; ramipril Altace; ranolazine Ranexa; rifampin
    Rifadin; risperidone Risperdal; rivaroxaban Xarelto; rizatriptan Maxalt; ropinirole
    Requip; rosuvastatin Crestor; sacubitril Entresto; semaglutide Ozempic Wegovy Rybelsus;
    senna Senokot; sertraline Zoloft; sildenafil Viagra Revatio; simethicone Gas-X;
    simvastatin Zocor; sitagliptin Januvia; solifenacin Vesicare; spironolactone Aldactone;
    sucralfate Carafate; sulfamethoxazole Bactrim Septra; sumatriptan Imitrex; suvorexant
    Belsomra; tadalafil Cialis Adcirca; tamsulosin Flomax; telmisartan Micardis; temazepam
    Restoril; terbinafine Lamisil; testosterone AndroGel Depo-Testosterone; ticagrelor
    Brilinta; timolol Timoptic; tiotropium Spiriva; tirzepatide Mounjaro Zepbound; tizanidine
    Zanaflex; topiramate Topamax; torsemide Demadex Soaanz; tramadol Ultram; trazodone
    Desyrel; tretinoin Retin-A; triamcinolone Kenalog; triamterene Maxzide Dyazide;
    valacyclovir Valtrex; valsartan Diovan; vancomycin Vancocin; varenicline Chantix;
    venlafaxine Effexor; verapamil Calan Verelan; warfarin Jantoven Coumadin; zolpidem Ambien
"""
BRANDS = {
    brand: generic
    for row in _BRANDS.split(";")
    for generic, *brands in [row.split()]
    for brand in brands
}
"""The generic name of every brand."""
_ELSEWHERE = {
    "acetylsalicylic": "aspirin",
    "adrenaline": "epinephrine",
    "amoxycillin": "amoxicillin",
    "cefalexin": "cephalexin",
    "frusemide": "furosemide",
    "lignocaine": "lidocaine",
    "paracetamol": "acetaminophen",
    "phenobarbitone": "phenobarbital",
    "rifampicin": "rifampin",
    "salbutamol": "albuterol",
}
"""Names of other countries or times."""
_TALL_MAN = (
    ("buPROPion", "busPIRone"),
    ("glipiZIDE", "glyBURIDE"),
    ("hydrALAZINE", "hydrOXYzine", "HYDROmorphone"),
    ("medroxyPROGESTERone", "methylPREDNISolone"),
    ("predniSONE", "prednisoLONE"),
    ("traMADol", "traZODone"),
    ("metFORMIN", "metroNIDAZOLE"),
    ("DULoxetine", "FLUoxetine", "PARoxetine"),
    ("ALPRAZolam", "LORazepam", "clonazePAM"),
    ("lamoTRIgine", "levETIRAcetam"),
    ("HYDROcodone", "oxyCODONE"),
    ("vinBLAStine", "vinCRIStine"),
    ("DOBUTamine", "DOPamine"),
)
_TELLS_APART = frozenset({"lookalike-high-alert"})
_BRAND_WORDS = {
    part.lower(): brand for brand in BRANDS for part in [max(brand.split("-"), key=len)]
}
"""A word by which the search for a brand starts, and the brand."""


def check_drugs(item: Item, said: Said) -> Iterator[Finding]:
    for word in sorted(said.words & _BRAND_WORDS.keys()):
        brand = _BRAND_WORDS[word]
        generic = BRANDS[brand]
        if generic not in said.whole.lower() and re.search(rf"\b{brand}\b", said.whole):
            path = next(path for path, text in said.texts if brand in text)
            message = f"{brand} is a brand; name {generic} first."
            yield Finding("I26", message, path, warn=True)
    for word in sorted(word for word in said.words if len(word) >= 7 and meant(word)):
        if (name := meant(word)) not in said.words:
            path = next(path for path, text in said.texts if word in text.lower())
            yield Finding("D01", f'"{word}" is spelled {name} here.', path, warn=True)
    if item.concept in _TELLS_APART:
        yield from _look_alike(item)


@lru_cache(maxsize=50_000)
def meant(word: str) -> str:
    """The drug name that a word is another spelling of, one letter away; empty for most words."""
    if word in _ELSEWHERE:
        return _ELSEWHERE[word]
    if word in GENERIC or word.removesuffix("s") in GENERIC or f"{word}s" in GENERIC:
        return ""
    heads, tails = _ends()
    if word[:3] not in heads and word[-3:] not in tails:
        return ""  # One letter can change the head or the tail of a name, not both.
    near = _near()
    found = (near[cut] for cut in (word, *_cuts(word)) if cut in near)
    return next((name for name in found if _one_off(word, name)), "")


@cache
def _ends() -> tuple[frozenset[str], frozenset[str]]:
    return frozenset(name[:3] for name in GENERIC), frozenset(name[-3:] for name in GENERIC)


@cache
def _near() -> dict[str, str]:
    """Every name, and every name with one letter left out: two words one letter apart meet here."""
    names = sorted(name for name in GENERIC if len(name) >= 7)
    return {cut: name for name in names for cut in _cuts(name)} | {name: name for name in names}


def _cuts(word: str) -> list[str]:
    return [word[:at] + word[at + 1 :] for at in range(len(word))]


def _one_off(word: str, name: str) -> bool:
    """One letter more, less or different, or two neighbors changed over."""
    if len(word) != len(name):
        shorter, longer = sorted((word, name), key=len)
        return len(longer) - len(shorter) == 1 and shorter in _cuts(longer)
    differ = [at for at, (one, other) in enumerate(zip(word, name, strict=True)) if one != other]
    if len(differ) == 2:
        one, other = differ
        return other == one + 1 and word[one] == name[other] and word[other] == name[one]
    return len(differ) == 1


def _look_alike(item: Item) -> Iterator[Finding]:
    shown = " ".join(option.text for option in item.options)
    for names in _TALL_MAN:
        plain = [name for name in names if re.search(rf"\b{name}\b", shown, re.IGNORECASE)]
        if len(plain) > 1 and not all(name in shown for name in plain):
            message = f"Write the look-alike names as {' and '.join(plain)}."
            yield Finding("D02", message, OPTIONS, warn=True)
