//! Addresses of other sites, when they are asked.

findings! {
    gone(url, status) ExternalGone {
        pt: "a página `{url}` não existe mais (resposta {status})",
        en: "the page `{url}` does not exist any more (status {status})",
    }
    missing_anchor(anchor, url) ExternalMissingAnchor {
        pt: "não há âncora `#{anchor}` em `{url}`",
        en: "there is no anchor `#{anchor}` in `{url}`",
    }
    server_error(url, status) ExternalUnreachable {
        pt: "`{url}` está fora do ar (resposta {status})",
        en: "`{url}` is down (status {status})",
    }
    no_connection(host) ExternalUnreachable {
        pt: "não foi possível conectar com `{host}`",
        en: "no connection could be made to `{host}`",
    }
    too_slow(url) ExternalUnreachable { pt: "`{url}` demorou demais a responder", en: "`{url}` took too long to answer" }
    dropped(url) ExternalUnreachable {
        pt: "a conexão com `{url}` caiu antes da resposta",
        en: "the connection to `{url}` was closed before the answer",
    }
    cut(url) ExternalUnreachable {
        pt: "a resposta de `{url}` acabou antes do fim",
        en: "the answer of `{url}` ended before its end",
    }
    proxy(url, cause) ExternalUnreachable {
        pt: "o proxy não chegou a `{url}`: {cause}",
        en: "the proxy did not get to `{url}`: {cause}",
    }
    strange(url, cause) ExternalUnreachable {
        pt: "a resposta de `{url}` não pôde ser lida: {cause}",
        en: "the answer of `{url}` cannot be read: {cause}",
    }
    unknown_host(host) ExternalUnknownHost {
        pt: "nenhum site se chama `{host}`, ou não há rede para saber",
        en: "no site is called `{host}`, or there is no network to know",
    }
    tls(host, cause) ExternalTls {
        pt: "não há conexão segura com `{host}`: {cause}",
        en: "there is no safe connection to `{host}`: {cause}",
    }
    refused(url, status) ExternalRefused {
        pt: "`{url}` não se mostra a quem não entrou no site, ou a programas (resposta {status})",
        en: "`{url}` is not shown to who has not signed in, or to programs (status {status})",
    }
    too_many_requests(url, status) ExternalTooManyRequests {
        pt: "o site de `{url}` pediu que se espere mais (resposta {status})",
        en: "the site of `{url}` asked to wait longer (status {status})",
    }
    unexpected_status(url, status) ExternalUnexpectedStatus {
        pt: "`{url}` deu a resposta {status}",
        en: "`{url}` gave the status {status}",
    }
    moved(url) ExternalMoved { pt: "`{url}` mudou de endereço para sempre", en: "`{url}` moved for ever" }
    insecure(url) ExternalInsecure {
        pt: "`{url}` usa `http:`, e o mesmo endereço responde com `https:`",
        en: "`{url}` uses `http:`, and the same address answers with `https:`",
    }
    redirect_loop(url) ExternalRedirectLoop {
        pt: "`{url}` manda de um endereço a outro sem chegar a nenhum",
        en: "`{url}` sends from one address to another and gets to none",
    }
    says_nothing(url, words) ExternalSoft404 {
        pt: "`{url}` responde, mas a página diz “{words}”",
        en: "`{url}` answers, but the page says “{words}”",
    }
    sent_home(url, home) ExternalSoft404 {
        pt: "`{url}` só leva à página inicial, `{home}`",
        en: "`{url}` only leads to the home page, `{home}`",
    }
    private_address(host) ExternalPrivateAddress {
        pt: "`{host}` fica em uma rede privada, e não foi consultado",
        en: "`{host}` is in a private network, and was not asked",
    }
    exclude_expired(pattern, until) ExternalExcludeExpired {
        pt: "o prazo para não consultar `{pattern}` venceu em {until}",
        en: "the time in which `{pattern}` was not to be asked ended on {until}",
    }
    missing_variable(name) ExternalMissingVariable {
        pt: "a variável de ambiente `{name}` não está definida, e o cabeçalho não foi enviado",
        en: "the environment variable `{name}` is not set, and the header was not sent",
    }
}

texts! {
    write_instead(url) { pt: "escreva `{url}`", en: "write `{url}`" }
    was_sent_to(url) { pt: "o endereço leva a `{url}`", en: "the address leads to `{url}`" }
    allow_private() {
        pt: "se os leitores chegam a ele, acrescente-o a `links.external.allow_private` em `vereda.yaml`",
        en: "if readers can get there, add it to `links.external.allow_private` in `vereda.yaml`",
    }
    exclude_reason(reason) { pt: "o motivo era: {reason}", en: "the reason was: {reason}" }
    in_others(count) {
        pt: "o mesmo endereço está em mais {count} arquivos: procure no modelo (template) que eles têm em comum",
        en: "the same address is in {count} more files: look at the template that they have in common",
    }
}
