//! `links` of `vereda.yaml`.

use schemars::JsonSchema;

use super::scalar::{Count, Date, Duration, Named, StatusRange, Text};

/// O que se confere nos links.
#[derive(JsonSchema)]
#[schemars(inline, deny_unknown_fields)]
pub(super) struct Links {
    /// Como `vereda check --external` consulta outros sites. Sem `--external`, ninguém é consultado.
    external: Option<External>,
}

/// Como se consultam outros sites.
#[derive(JsonSchema)]
#[schemars(inline, deny_unknown_fields)]
pub(super) struct External {
    /// Quantos pedidos se fazem ao mesmo tempo.
    #[schemars(extend("default" = 16))]
    threads: Option<Count>,
    /// Quantos deles, no máximo, ao mesmo site.
    #[schemars(extend("default" = 2))]
    per_host: Option<Count>,
    /// Quanto se espera entre dois pedidos ao mesmo site.
    #[schemars(extend("default" = "200ms"))]
    delay: Option<Duration>,
    /// Quanto se espera por uma conexão.
    #[schemars(extend("default" = "10s"))]
    connect_timeout: Option<Duration>,
    /// Quanto um pedido pode demorar, com a resposta.
    #[schemars(extend("default" = "30s"))]
    timeout: Option<Duration>,
    /// Quantas vezes se pergunta de novo a um site que está fora do ar.
    #[schemars(extend("default" = 2))]
    retries: Option<Count>,
    /// Quanto se espera antes de perguntar de novo, o dobro a cada vez. Se o site diz quanto esperar, vale o que ele diz.
    #[schemars(extend("default" = "1s"))]
    backoff: Option<Duration>,
    /// Quanto se espera, no máximo. Um site que pede mais do que isso não é consultado de novo.
    #[schemars(extend("default" = "60s"))]
    longest_wait: Option<Duration>,
    /// Quantas vezes, no máximo, um endereço pode mandar a outro.
    #[schemars(extend("default" = 10))]
    redirects: Option<Count>,
    /// As respostas que são boas. Exemplo: `accept: ['200-299', 403]`.
    accept: Option<Vec<StatusRange>>,
    /// Cabeçalhos que só alguns sites recebem. Segredos vêm de variáveis de ambiente, escritas `${NOME}`.
    ///
    /// Exemplo: `headers: { wiki.example.com: { Authorization: 'Bearer ${WIKI_TOKEN}' } }`.
    headers: Option<Named<Named<Text>>>,
    /// Endereços que não se consultam, e por quê.
    ///
    /// Exemplo: `exclude: [{ match: 'https://example.com/*', reason: Em obras, until: 2027-01-31 }]`.
    exclude: Option<Vec<Exclusion>>,
    /// Sites que ficam em uma rede privada, como os da empresa, e mesmo assim se consultam. Exemplo:
    /// `allow_private: ['*.intranet.example.com']`.
    allow_private: Option<Vec<Text>>,
    /// Se `true`, não se consulta o que o `robots.txt` de um site não deixa.
    #[schemars(extend("default" = false))]
    robots: Option<bool>,
    /// Se `true`, toda página é lida, para saber se diz “página não encontrada”.
    #[schemars(extend("default" = false))]
    soft_404: Option<bool>,
    /// Por quanto tempo se acredita no que um site respondeu. O que se sabe fica em `.vereda/links.json`.
    cache: Option<CacheLife>,
}

/// Um endereço que não se consulta.
#[derive(JsonSchema)]
#[schemars(title = "Exclusão", inline, deny_unknown_fields)]
pub(super) struct Exclusion {
    /// O endereço; `*` vale por qualquer texto.
    r#match: Text,
    /// Por que não se consulta.
    #[schemars(extend("minLength" = 1))]
    reason: Text,
    /// O último dia em que não se consulta. Depois dele, há um aviso.
    until: Option<Date>,
}

/// Por quanto tempo se acredita em uma resposta.
#[derive(JsonSchema)]
#[schemars(inline, deny_unknown_fields)]
pub(super) struct CacheLife {
    /// Quando o endereço é bom.
    #[schemars(extend("default" = "7d"))]
    good: Option<Duration>,
    /// Quando mudou para sempre.
    #[schemars(extend("default" = "1d"))]
    moved: Option<Duration>,
    /// Quando não existe mais.
    #[schemars(extend("default" = "1d"))]
    gone: Option<Duration>,
    /// Quando o site não respondeu, ou recusou.
    #[schemars(extend("default" = "0s"))]
    failed: Option<Duration>,
}
