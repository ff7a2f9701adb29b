// What a scanned code is. The server judges again; here it is only told at once what lies in the hand.
(() => {
  "use strict";
  const SEPARATOR = "\u001d";
  const clean = (text) => {
    let code = text.trim().replace(/^\](?:d2|C1|Q3|e0)/, "");
    while (code.startsWith(SEPARATOR)) code = code.slice(1);
    return code.replace(/^\(01\)(\d{14})\(21\)/, "01$121");
  };
  const luhn = (digits) => [...digits].reverse().reduce((sum, digit, at) => {
    const value = Number(digit) * (at % 2 ? 2 : 1);
    return sum + (value > 9 ? value - 9 : value);
  }, 0) % 10 === 0;
  const isMark = (code) => /^01\d{14}21[!-~]{6,20}(\u001d[!-~]+)*$/.test(code);
  const gtin = (code) => (isMark(code) ? code.slice(2, 16).replace(/^0+/, "") : "");
  const article = (code) => code.replace(/^0+(?=\d{8,})/, "");

  window.scanRules = {
    clean,
    article: (code) => gtin(code) || article(code),
    isMark,
    // Whether a code answers what is asked of a unit of a line; a mark must belong to the very article, where known.
    answers: (need, code, line) => {
      if (need === "mandatory_mark") {
        const known = line.codes.map(article).filter((one) => /^\d{8,14}$/.test(one));
        return isMark(code) && (!known.length || known.includes(gtin(code)));
      }
      if (need === "imei") return /^\d{15}$/.test(code) && luhn(code);
      if (need === "jw_uin") return /^\d{16}$/.test(code);
      return /^\d{1,6}$/.test(code);
    },
    // The part of a mark that is the same however it was scanned.
    same: (need, code) => (need === "mandatory_mark" ? code.split(SEPARATOR)[0] : code),
    SEPARATOR,
  };
})();
