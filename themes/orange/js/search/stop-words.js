// @ts-check
/** Stop words: they count only in a query without other words. `src/search/stop_words/` has the same list. */

/** @type {Record<string, Set<string>>} */
const words = {
  pt: new Set(
    `a o as os um uma uns umas de do da dos das em no na nos nas por pelo pela pelos pelas para pra pro com sem ao aos e ou que quem qual quais quando
    onde como se eu tu ele ela eles elas voce voces nos me te lhe meu minha seu sua seus suas isso isto este esta esse essa estes estas esses essas
    aquele aquela mais mas ja nao sim ser e sao foi ter tem tenho ha ate sobre entre faco faz fazer devo preciso posso quero eh ta to oq q pq p c`.split(/\s+/),
  ),
  en: new Set(
    `a an the of in on at by for to from with without and or not no yes is are was were be been do does did have has had i you he she it we they my
    your his her its our their this that these those what which who when where how why if then than as can should`.split(/\s+/),
  ),
  es: new Set(
    `el la los las un una unos unas de del en por para con sin a al y o u que quien cual cuales cuando donde como si se yo tu el ella ellos ellas usted
    me te le lo mi su sus este esta esto ese esa eso mas pero ya no es son fue ser tener tiene hay sobre entre`.split(/\s+/),
  ),
};

/**
 * @param {string} language
 * @param {string} folded
 */
export function isStopWord(language, folded) {
  return words[language]?.has(folded) ?? false;
}
