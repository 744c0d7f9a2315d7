/**
 * Names of HTML for characters that stand in passwords and tokens: ASCII punctuation (HTML Living Standard §13.5), and
 * all of Latin-1 and of the special characters of HTML 4 (§24.2, §24.4). Each after its code point, in hex.
 */
const table =
  "9:Tab a:NewLine 21:excl 22:quot,QUOT 23:num 24:dollar 25:percnt 26:amp,AMP 27:apos 28:lpar 29:rpar 2a:ast,midast " +
  "2b:plus 2c:comma 2e:period 2f:sol 3a:colon 3b:semi 3c:lt,LT 3d:equals 3e:gt,GT 3f:quest 40:commat 5b:lsqb,lbrack " +
  "5c:bsol 5d:rsqb,rbrack 5e:Hat 5f:lowbar,UnderBar 60:grave,DiacriticalGrave 7b:lcub,lbrace 7c:verbar,vert,VerticalLine " +
  "7d:rcub,rbrace a0:nbsp,NonBreakingSpace 152:OElig 153:oelig 160:Scaron 161:scaron 178:Yuml 192:fnof 2c6:circ " +
  "2dc:tilde 2002:ensp 2003:emsp 2009:thinsp 200c:zwnj 200d:zwj 200e:lrm 200f:rlm 2010:hyphen,dash 2013:ndash 2014:mdash 2018:lsquo " +
  "2019:rsquo 201a:sbquo 201c:ldquo 201d:rdquo 201e:bdquo 2020:dagger 2021:Dagger 2022:bull 2026:hellip 2030:permil " +
  "2032:prime 2033:Prime 2039:lsaquo 203a:rsaquo 20ac:euro 2122:trade";

/** U+00A1 and those that follow it, in order. */
const latin1 =
  "iexcl cent pound curren yen brvbar sect uml copy ordf laquo not shy reg macr deg plusmn sup2 sup3 acute micro para " +
  "middot cedil sup1 ordm raquo frac14 frac12 frac34 iquest Agrave Aacute Acirc Atilde Auml Aring AElig Ccedil Egrave " +
  "Eacute Ecirc Euml Igrave Iacute Icirc Iuml ETH Ntilde Ograve Oacute Ocirc Otilde Ouml times Oslash Ugrave Uacute " +
  "Ucirc Uuml Yacute THORN szlig agrave aacute acirc atilde auml aring aelig ccedil egrave eacute ecirc euml igrave " +
  "iacute icirc iuml eth ntilde ograve oacute ocirc otilde ouml divide oslash ugrave uacute ucirc uuml yacute thorn yuml";

/** The longest name is that of U+00A0. */
export const longestEntityName = "NonBreakingSpace".length;

/** Name (as written, without `&` and `;`) to code point. */
export const htmlEntities: ReadonlyMap<string, number> = new Map([
  ...latin1.split(" ").map((name, index) => [name, 0xa1 + index] as const),
  ...table.split(" ").flatMap((row) => {
    const [code = "", names = ""] = row.split(":");
    return names.split(",").map((name) => [name, Number.parseInt(code, 16)] as const);
  }),
]);
