/** Flows for the tests, as `flow.json` has them. */

const node = (kind, number, title, more = {}) => ({ kind, number, title, ask: [], links: [], copy: [], checklist: [], ...more });
const option = (id, next, more = {}) => ({ id, label: id[0].toUpperCase() + id.slice(1), hint: null, next, ...more });
const shared = { calendars: {}, values: {}, records: {}, flows: {}, aliases: {}, inputs: {} };
const named = (id, more) => ({ version: 1, id, code: id.slice(0, 3).toUpperCase(), title: id, url: `/${id}/`, ...shared, ...more });

const comercial = { weekdays: [1, 2, 3, 4, 5], hours: [['08:00', '18:00']], holidays: [], timezone: 'America/Sao_Paulo' };

/** The contract's example: a call, a branch that asks, values, a record. */
export const cobranca = named('cobranca', {
  title: 'Cobrança duplicada',
  url: '/cobranca/',
  start: 'cadastro',
  inputs: {
    cnpj: { label: 'CNPJ do cliente', type: 'cnpj', private: true, example: '12.345.678/0001-95', required: true },
    valor: { label: 'Valor cobrado a mais', type: 'money', min: 0.01, required: true },
    aberto: { label: 'Quando o ticket foi gerado', type: 'datetime', required: true },
  },
  calendars: { comercial },
  values: { cst: '(11) 4003-0015' },
  records: {
    padrao: '{flow.title}: {outcome.title}\n{path}\n{inputs}\n',
    completo: '{outcome.status} · {cnpj|digits} · {values.cst} · {foo}\n{copy}',
  },
  nodes: {
    cadastro: node('question', 1, 'O CNPJ abre um cadastro ativo?', {
      ask: ['cnpj'],
      links: [{ label: 'Abrir', url: 'https://example.com/{cnpj|digits}' }],
      options: [option('sim', 'horario'), option('nao', 'identificar')],
    }),
    identificar: node('call', 2, 'Identifique o cliente', { call: '/identificar/', outcomes: { achado: 'horario', perdido: 'sem-cadastro' } }),
    horario: node('branch', 3, 'Quando e quanto?', {
      ask: ['aberto', 'valor'],
      rules: [
        { when: { name: 'aberto', op: 'outside', value: 'comercial' }, next: 'fora' },
        { when: { name: 'valor', op: 'gt', value: 500 }, next: 'n2' },
        { when: null, next: 'estornar' },
      ],
    }),
    fora: node('outcome', 4, 'Fora do horário', { result: 'pending', status: 'Pendente', record: 'padrao' }),
    n2: node('outcome', 5, 'Envie ao N2', { result: 'escalated', status: null, record: null }),
    estornar: node('outcome', 6, 'Estorne {valor|brl}', {
      result: 'resolved', status: 'Resolvido', record: 'padrao',
      copy: [{ label: 'Macro', text: 'Cobrança::Estorno' }, { label: 'Título', text: 'Estorno {cnpj}' }],
    }),
    'sem-cadastro': node('outcome', 7, 'Sem cadastro', { result: 'open', status: 'Aberto', record: 'completo', copy: [{ label: 'Macro', text: 'Sem {cnpj}' }] }),
  },
  aliases: { 'cadastro-ativo': 'cadastro', antigo: 'estornar' },
  flows: {
    '/identificar/': {
      id: 'identificar', title: 'Identificar o cliente', url: '/identificar/', start: 'busca', aliases: { procurar: 'busca', achado: 'encontrado', pesquisa: 'busca' },
      inputs: { email: { label: 'E-mail', type: 'email', required: false } },
      nodes: {
        busca: node('question', 1, 'A busca achou?', { ask: ['email'], options: [option('sim', 'encontrado'), option('nao', 'conferir')] }),
        conferir: node('branch', 2, null, {
          rules: [{ when: { name: 'pesquisa', op: 'is', value: 'nao' }, next: 'perdido' }, { when: null, next: 'encontrado' }],
        }),
        encontrado: node('outcome', 3, 'Encontrado', { result: 'resolved' }),
        perdido: node('outcome', 4, 'Perdido', { result: 'open', copy: [{ label: 'Recado', text: 'Sem resultado para {email}' }] }),
      },
    },
  },
});

/** A question that leads back to itself through a step. */
export const tentativa = named('tentativa', {
  start: 'funcionou',
  nodes: {
    funcionou: node('question', 1, 'Funcionou?', { options: [option('sim', 'fim'), option('nao', 'reiniciar')] }),
    reiniciar: node('step', 2, 'Reinicie', { next: 'funcionou' }),
    fim: node('outcome', 3, 'Fim', { result: 'resolved' }),
  },
});

/** Several answers, `set`, a hidden branch on both. */
export const sinais = named('sinais', {
  start: 'inicio',
  inputs: { prioridade: { label: 'Prioridade', type: 'text' }, peso: { label: 'Peso', type: 'number' } },
  records: { tudo: '{prioridade} {peso}\n{path}\n{inputs}' },
  nodes: {
    inicio: node('step', 1, 'Comece', { next: 'sinais' }),
    sinais: node('question', 2, 'O que se vê?', {
      multiple: true,
      options: [
        option('lento', 'decidir', { set: { prioridade: 'baixa' } }),
        option('erro', 'decidir', { set: { prioridade: 'alta', peso: 1.5 } }),
        option('nada', 'fim'),
      ],
    }),
    decidir: node('branch', 3, null, {
      rules: [
        { when: { all: [{ name: 'sinais', op: 'is', value: 'erro' }, { name: 'prioridade', op: 'is', value: 'alta' }] }, next: 'urgente' },
        { when: null, next: 'fim' },
      ],
    }),
    urgente: node('outcome', 4, 'Urgente', { result: 'open', record: 'tudo' }),
    fim: node('outcome', 5, 'Fim', { result: 'resolved' }),
  },
});

/** Faults a linter reports and a walk must survive. */
export const defeitos = named('defeitos', {
  start: 'volta',
  nodes: {
    volta: node('branch', 1, null, { rules: [{ when: null, next: 'volta-2' }] }),
    'volta-2': node('branch', 2, null, { rules: [{ when: null, next: 'volta' }] }),
    'sem-regra': node('branch', 3, null, { rules: [] }),
    'sem-destino': node('step', 4, 'Vai a lugar nenhum', { next: 'nao-existe' }),
    recursiva: node('call', 5, null, { call: '/recursiva/', outcomes: {} }),
    'sem-fluxo': node('call', 6, null, { call: '/nao-existe/', outcomes: {} }),
  },
  flows: {
    '/recursiva/': { id: 'r', title: 'r', url: '/recursiva/', start: 'r', inputs: {}, aliases: {}, nodes: { r: node('call', 1, null, { call: '/recursiva/', outcomes: {} }) } },
  },
});
