/**
 * Made by `scripts/make-geography.ts`; sources and credits are named there. One country per line: alpha-2; alpha-3; numeric; integer id; English name; what an address needs there (Z postal code,
 * S subdivision, C city); a postal code as an example; pattern of postal codes, empty where there are none.
 */
export const countryTable: string = String.raw`
AD;AND;020;2;Andorra;C;AD100;AD[1-7]0\d
AE;ARE;784;3;United Arab Emirates;S;;
AF;AFG;004;4;Afghanistan;C;1001;\d{4}
AG;ATG;028;5;Antigua & Barbuda;;;
AI;AIA;660;6;Anguilla;C;2640;(?:AI-)?2640
AL;ALB;008;7;Albania;C;1001;\d{4}
AM;ARM;051;8;Armenia;C;375010;(?:37)?\d{4}
AO;AGO;024;10;Angola;C;;
AQ;ATA;010;11;Antarctica;C;;
AR;ARG;032;12;Argentina;C;C1070AAM;((?:[A-HJ-NP-Z])?\d{4})([A-Z]{3})?
AS;ASM;016;13;American Samoa;ZC;96799;(96799)(?:[ \-](\d{4}))?
AT;AUT;040;14;Austria;ZC;1010;\d{4}
AU;AUS;036;15;Australia;ZSC;2060;\d{4}
AW;ABW;533;16;Aruba;C;;
AX;ALA;248;17;Åland Islands;ZC;22150;22\d{3}
AZ;AZE;031;18;Azerbaijan;C;1000;\d{4}
BA;BIH;070;19;Bosnia & Herzegovina;C;71000;\d{5}
BB;BRB;052;20;Barbados;C;BB23026;BB\d{5}
BD;BGD;050;21;Bangladesh;C;1340;\d{4}
BE;BEL;056;22;Belgium;ZC;4000;\d{4}
BF;BFA;854;23;Burkina Faso;C;;
BG;BGR;100;24;Bulgaria;C;1000;\d{4}
BH;BHR;048;25;Bahrain;C;317;(?:^|\b)(?:1[0-2]|[1-9])\d{2}(?:$|\b)
BI;BDI;108;26;Burundi;C;;
BJ;BEN;204;27;Benin;C;;
BL;BLM;652;28;St. Barthélemy;ZC;97100;9[78][01]\d{2}
BM;BMU;060;29;Bermuda;C;FL 07;[A-Z]{2} ?[A-Z0-9]{2}
BN;BRN;096;30;Brunei;C;BT2328;[A-Z]{2} ?\d{4}
BO;BOL;068;31;Bolivia;C;;
BQ;BES;535;32;Caribbean Netherlands;C;;
BR;BRA;076;33;Brazil;ZSC;40301-110;\d{5}-?\d{3}
BS;BHS;044;34;Bahamas;C;;
BT;BTN;064;35;Bhutan;C;11001;\d{5}
BV;BVT;074;36;Bouvet Island;C;;
BW;BWA;072;37;Botswana;C;;
BY;BLR;112;38;Belarus;C;223016;\d{6}
BZ;BLZ;084;39;Belize;C;;
CA;CAN;124;40;Canada;ZSC;H3Z 2Y7;[ABCEGHJKLMNPRSTVXY]\d[ABCEGHJ-NPRSTV-Z] ?\d[ABCEGHJ-NPRSTV-Z]\d
CC;CCK;166;41;Cocos (Keeling) Islands;C;6799;6799
CD;COD;180;42;Congo - Kinshasa;C;;
CF;CAF;140;43;Central African Republic;C;;
CG;COG;178;44;Congo - Brazzaville;C;;
CH;CHE;756;45;Switzerland;ZC;2544;\d{4}
CI;CIV;384;46;Côte d’Ivoire;C;;
CK;COK;184;47;Cook Islands;C;;
CL;CHL;152;48;Chile;C;8340457;\d{7}
CM;CMR;120;49;Cameroon;C;;
CN;CHN;156;50;China;ZSC;266033;\d{6}
CO;COL;170;51;Colombia;S;111221;\d{6}
CR;CRI;188;53;Costa Rica;SC;1000;\d{4,5}|\d{3}-\d{4}
CU;CUB;192;54;Cuba;C;10700;\d{5}
CV;CPV;132;55;Cape Verde;C;7600;\d{4}
CW;CUW;531;56;Curaçao;C;;
CX;CXR;162;57;Christmas Island;C;6798;6798
CY;CYP;196;58;Cyprus;C;2008;\d{4}
CZ;CZE;203;59;Czechia;ZC;100 00;\d{3} ?\d{2}
DE;DEU;276;60;Germany;ZC;26133;\d{5}
DJ;DJI;262;61;Djibouti;C;;
DK;DNK;208;62;Denmark;ZC;8660;\d{4}
DM;DMA;212;63;Dominica;C;;
DO;DOM;214;64;Dominican Republic;C;11903;\d{5}
DZ;DZA;012;65;Algeria;C;40304;\d{5}
EC;ECU;218;66;Ecuador;C;090105;\d{6}
EE;EST;233;67;Estonia;ZC;69501;\d{5}
EG;EGY;818;68;Egypt;C;12411;\d{5}
EH;ESH;732;69;Western Sahara;C;70000;\d{5}
ER;ERI;232;70;Eritrea;C;;
ES;ESP;724;71;Spain;ZSC;28039;\d{5}
ET;ETH;231;72;Ethiopia;C;1000;\d{4}
FI;FIN;246;73;Finland;ZC;00550;\d{5}
FJ;FJI;242;74;Fiji;C;;
FK;FLK;238;75;Falkland Islands;ZC;FIQQ 1ZZ;FIQQ 1ZZ
FM;FSM;583;76;Micronesia;ZSC;96941;(9694[1-4])(?:[ \-](\d{4}))?
FO;FRO;234;77;Faroe Islands;C;100;\d{3}
FR;FRA;250;78;France;ZC;33380;\d{2} ?\d{3}
GA;GAB;266;79;Gabon;C;;
GB;GBR;826;80;United Kingdom;ZC;EC1Y 8SY;GIR ?0AA|(?:(?:AB|AL|B|BA|BB|BD|BF|BH|BL|BN|BR|BS|BT|BX|CA|CB|CF|CH|CM|CO|CR|CT|CV|CW|DA|DD|DE|DG|DH|DL|DN|DT|DY|E|EC|EH|EN|EX|FK|FY|G|GL|GY|GU|HA|HD|HG|HP|HR|HS|HU|HX|IG|IM|IP|IV|JE|KA|KT|KW|KY|L|LA|LD|LE|LL|LN|LS|LU|M|ME|MK|ML|N|NE|NG|NN|NP|NR|NW|OL|OX|PA|PE|PH|PL|PO|PR|RG|RH|RM|S|SA|SE|SG|SK|SL|SM|SN|SO|SP|SR|SS|ST|SW|SY|TA|TD|TF|TN|TQ|TR|TS|TW|UB|W|WA|WC|WD|WF|WN|WR|WS|WV|YO|ZE)(?:\d[\dA-Z]? ?\d[ABD-HJLN-UW-Z]{2}))|BFPO ?\d{1,4}
GD;GRD;308;81;Grenada;C;;
GE;GEO;268;82;Georgia;C;0101;\d{4}
GF;GUF;254;83;French Guiana;ZC;97300;9[78]3\d{2}
GG;GGY;831;84;Guernsey;ZC;GY1 1AA;GY\d[\dA-Z]? ?\d[ABD-HJLN-UW-Z]{2}
GH;GHA;288;85;Ghana;C;;
GI;GIB;292;86;Gibraltar;;GX11 1AA;GX11 1AA
GL;GRL;304;87;Greenland;ZC;3900;39\d{2}
GM;GMB;270;88;Gambia;C;;
GN;GIN;324;89;Guinea;C;001;\d{3}
GP;GLP;312;90;Guadeloupe;ZC;97100;9[78][01]\d{2}
GQ;GNQ;226;91;Equatorial Guinea;C;;
GR;GRC;300;92;Greece;ZC;151 24;\d{3} ?\d{2}
GS;SGS;239;93;South Georgia & South Sandwich Islands;ZC;SIQQ 1ZZ;SIQQ 1ZZ
GT;GTM;320;94;Guatemala;C;09001;\d{5}
GU;GUM;316;95;Guam;ZC;96910;(969(?:[12]\d|3[12]))(?:[ \-](\d{4}))?
GW;GNB;624;96;Guinea-Bissau;C;1000;\d{4}
GY;GUY;328;97;Guyana;C;;
HK;HKG;344;98;Hong Kong;;;
HM;HMD;334;99;Heard & McDonald Islands;C;7050;\d{4}
HN;HND;340;100;Honduras;SC;31301;\d{5}
HR;HRV;191;101;Croatia;C;10000;\d{5}
HT;HTI;332;102;Haiti;C;6120;\d{4}
HU;HUN;348;103;Hungary;ZC;1037;\d{4}
ID;IDN;360;104;Indonesia;S;40115;\d{5}
IE;IRL;372;105;Ireland;C;A65 F4E2;[\dA-Z]{3} ?[\dA-Z]{4}
IL;ISR;376;106;Israel;C;9614303;\d{5}(?:\d{2})?
IM;IMN;833;107;Isle of Man;ZC;IM2 1AA;IM\d[\dA-Z]? ?\d[ABD-HJLN-UW-Z]{2}
IN;IND;356;108;India;ZSC;110034;\d{6}
IO;IOT;086;109;British Indian Ocean Territory;ZC;BBND 1ZZ;BBND 1ZZ
IQ;IRQ;368;110;Iraq;SC;31001;\d{5}
IR;IRN;364;111;Iran;C;11936-12345;\d{5}-?\d{5}
IS;ISL;352;112;Iceland;C;320;\d{3}
IT;ITA;380;113;Italy;ZSC;00144;\d{5}
JE;JEY;832;114;Jersey;ZC;JE1 1AA;JE\d[\dA-Z]? ?\d[ABD-HJLN-UW-Z]{2}
JM;JAM;388;115;Jamaica;SC;;
JO;JOR;400;116;Jordan;C;11937;\d{5}
JP;JPN;392;117;Japan;ZS;154-0023;\d{3}-?\d{4}
KE;KEN;404;118;Kenya;C;20100;\d{5}
KG;KGZ;417;119;Kyrgyzstan;C;720001;\d{6}
KH;KHM;116;120;Cambodia;C;120101;\d{5,6}
KI;KIR;296;121;Kiribati;C;;
KM;COM;174;122;Comoros;C;;
KN;KNA;659;123;St. Kitts & Nevis;SC;;
KP;PRK;408;124;North Korea;C;;
KR;KOR;410;125;South Korea;ZSC;03051;\d{5}
KW;KWT;414;126;Kuwait;C;54541;\d{5}
KY;CYM;136;127;Cayman Islands;;KY1-1100;KY\d-\d{4}
KZ;KAZ;398;128;Kazakhstan;C;040900;\d{6}
LA;LAO;418;129;Laos;C;01160;\d{5}
LB;LBN;422;130;Lebanon;C;2038 3054;(?:\d{4})(?: ?(?:\d{4}))?
LC;LCA;662;131;St. Lucia;C;;
LI;LIE;438;132;Liechtenstein;ZC;9496;948[5-9]|949[0-8]
LK;LKA;144;133;Sri Lanka;C;20000;\d{5}
LR;LBR;430;134;Liberia;C;1000;\d{4}
LS;LSO;426;135;Lesotho;C;100;\d{3}
LT;LTU;440;136;Lithuania;ZC;04340;\d{5}
LU;LUX;442;137;Luxembourg;ZC;4750;\d{4}
LV;LVA;428;138;Latvia;ZC;LV-1073;LV-\d{4}
LY;LBY;434;139;Libya;C;;
MA;MAR;504;140;Morocco;C;53000;\d{5}
MC;MCO;492;141;Monaco;C;98000;980\d{2}
MD;MDA;498;142;Moldova;C;2012;\d{4}
ME;MNE;499;143;Montenegro;C;81257;8\d{4}
MF;MAF;663;144;St. Martin;ZC;97100;9[78][01]\d{2}
MG;MDG;450;145;Madagascar;C;501;\d{3}
MH;MHL;584;146;Marshall Islands;ZSC;96960;(969[67]\d)(?:[ \-](\d{4}))?
MK;MKD;807;147;North Macedonia;C;1314;\d{4}
ML;MLI;466;148;Mali;C;;
MM;MMR;104;149;Myanmar (Burma);C;11181;\d{5}
MN;MNG;496;150;Mongolia;C;65030;\d{5}
MO;MAC;446;151;Macao;;;
MP;MNP;580;152;Northern Mariana Islands;ZC;96950;(9695[012])(?:[ \-](\d{4}))?
MQ;MTQ;474;153;Martinique;ZC;97220;9[78]2\d{2}
MR;MRT;478;154;Mauritania;C;;
MS;MSR;500;155;Montserrat;C;;
MT;MLT;470;156;Malta;C;NXR 01;[A-Z]{3} ?\d{2,4}
MU;MUS;480;157;Mauritius;C;42602;\d{3}(?:\d{2}|[A-Z]{2}\d{3})
MV;MDV;462;158;Maldives;C;20026;\d{5}
MW;MWI;454;159;Malawi;C;;
MX;MEX;484;160;Mexico;ZSC;02860;\d{5}
MY;MYS;458;161;Malaysia;ZC;43000;\d{5}
MZ;MOZ;508;162;Mozambique;C;1102;\d{4}
NA;NAM;516;163;Namibia;C;10001;\d{5}
NC;NCL;540;164;New Caledonia;ZC;98814;988\d{2}
NE;NER;562;165;Niger;C;8001;\d{4}
NF;NFK;574;166;Norfolk Island;C;2899;2899
NG;NGA;566;167;Nigeria;C;930283;\d{6}
NI;NIC;558;168;Nicaragua;C;52000;\d{5}
NL;NLD;528;169;Netherlands;ZC;1234 AB;[1-9]\d{3} ?(?:[A-RT-Z][A-Z]|S[BCE-RT-Z])
NO;NOR;578;170;Norway;ZC;0025;\d{4}
NP;NPL;524;171;Nepal;C;44601;\d{5}
NR;NRU;520;172;Nauru;S;;
NU;NIU;570;173;Niue;C;;
NZ;NZL;554;174;New Zealand;ZC;6001;\d{4}
OM;OMN;512;175;Oman;C;133;(?:PC )?\d{3}
PA;PAN;591;176;Panama;C;;
PE;PER;604;177;Peru;C;LIMA 23;(?:LIMA \d{1,2}|CALLAO 0?\d)|[0-2]\d{4}
PF;PYF;258;178;French Polynesia;ZC;98709;987\d{2}
PG;PNG;598;179;Papua New Guinea;SC;111;\d{3}
PH;PHL;608;180;Philippines;C;1008;\d{4}
PK;PAK;586;181;Pakistan;C;44000;\d{5}
PL;POL;616;182;Poland;ZC;00-950;\d{2}-\d{3}
PM;SPM;666;183;St. Pierre & Miquelon;ZC;97500;9[78]5\d{2}
PN;PCN;612;184;Pitcairn Islands;ZC;PCRN 1ZZ;PCRN 1ZZ
PR;PRI;630;185;Puerto Rico;ZC;00930;(00[679]\d{2})(?:[ \-](\d{4}))?
PS;PSE;275;186;Palestinian Territories;C;;
PT;PRT;620;187;Portugal;ZC;2725-079;\d{4}-\d{3}
PW;PLW;585;188;Palau;ZSC;96940;(969(?:39|40))(?:[ \-](\d{4}))?
PY;PRY;600;189;Paraguay;C;1536;\d{4}
QA;QAT;634;190;Qatar;C;;
RE;REU;638;191;Réunion;ZC;97400;9[78]4\d{2}
RO;ROU;642;192;Romania;ZC;060274;\d{6}
RS;SRB;688;193;Serbia;C;106314;\d{5,6}
RU;RUS;643;194;Russia;ZSC;247112;\d{6}
RW;RWA;646;195;Rwanda;C;;
SA;SAU;682;196;Saudi Arabia;C;11564;\d{5}
SB;SLB;090;197;Solomon Islands;C;;
SC;SYC;690;198;Seychelles;C;;
SD;SDN;729;199;Sudan;C;11042;\d{5}
SE;SWE;752;200;Sweden;ZC;11455;\d{3} ?\d{2}
SG;SGP;702;201;Singapore;Z;546080;\d{6}
SH;SHN;654;202;St. Helena;ZC;STHL 1ZZ;(?:ASCN|STHL) 1ZZ
SI;SVN;705;203;Slovenia;C;4000;\d{4}
SJ;SJM;744;204;Svalbard & Jan Mayen;ZC;9170;\d{4}
SK;SVK;703;205;Slovakia;ZC;010 01;\d{3} ?\d{2}
SL;SLE;694;206;Sierra Leone;C;;
SM;SMR;674;207;San Marino;Z;47890;4789\d
SN;SEN;686;208;Senegal;C;12500;\d{5}
SO;SOM;706;209;Somalia;SC;JH 09010;[A-Z]{2} ?\d{5}
SR;SUR;740;210;Suriname;C;;
SS;SSD;728;211;South Sudan;C;;
ST;STP;678;212;São Tomé & Príncipe;C;;
SV;SLV;222;213;El Salvador;SC;CP 1101;CP [1-3][1-7][0-2]\d
SX;SXM;534;214;Sint Maarten;C;;
SY;SYR;760;215;Syria;C;;
SZ;SWZ;748;216;Eswatini;C;H100;[HLMS]\d{3}
TC;TCA;796;217;Turks & Caicos Islands;ZC;TKCA 1ZZ;TKCA 1ZZ
TD;TCD;148;218;Chad;C;;
TF;ATF;260;219;French Southern Territories;C;;
TG;TGO;768;220;Togo;C;;
TH;THA;764;221;Thailand;C;10150;\d{5}
TJ;TJK;762;222;Tajikistan;C;735450;\d{6}
TK;TKL;772;223;Tokelau;C;;
TL;TLS;626;224;Timor-Leste;C;;
TM;TKM;795;225;Turkmenistan;C;744000;\d{6}
TN;TUN;788;226;Tunisia;C;1002;\d{4}
TO;TON;776;227;Tonga;C;;
TR;TUR;792;228;Türkiye;ZC;01960;\d{5}
TT;TTO;780;229;Trinidad & Tobago;C;;
TV;TUV;798;230;Tuvalu;C;;
TW;TWN;158;231;Taiwan;ZSC;104;\d{3}(?:\d{2,3})?
TZ;TZA;834;232;Tanzania;C;6090;\d{4,5}
UA;UKR;804;233;Ukraine;ZC;15432;\d{5}
UG;UGA;800;234;Uganda;C;;
UM;UMI;581;235;U.S. Outlying Islands;SC;96898;96898
US;USA;840;236;United States;ZSC;95014;(\d{5})(?:[ \-](\d{4}))?
UY;URY;858;237;Uruguay;C;11600;\d{5}
UZ;UZB;860;238;Uzbekistan;C;702100;\d{6}
VA;VAT;336;239;Vatican City;C;00120;00120
VC;VCT;670;240;St. Vincent & Grenadines;C;VC0100;VC\d{4}
VE;VEN;862;241;Venezuela;SC;1010;\d{4}
VG;VGB;092;242;British Virgin Islands;;VG1110;VG\d{4}
VI;VIR;850;243;U.S. Virgin Islands;ZC;00802-1222;(008(?:(?:[0-4]\d)|(?:5[01])))(?:[ \-](\d{4}))?
VN;VNM;704;244;Vietnam;C;70010;\d{5}\d?
VU;VUT;548;245;Vanuatu;C;;
WF;WLF;876;246;Wallis & Futuna;ZC;98600;986\d{2}
WS;WSM;882;247;Samoa;C;;
XK;XKK;983;248;Kosovo;C;10000;[1-7]\d{4}
YE;YEM;887;249;Yemen;C;;
YT;MYT;175;250;Mayotte;ZC;97600;976\d{2}
ZA;ZAF;710;251;South Africa;ZC;0083;\d{4}
ZM;ZMB;894;252;Zambia;C;50100;\d{5}
ZW;ZWE;716;253;Zimbabwe;C;;
`
