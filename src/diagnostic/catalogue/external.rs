//! Links to other sites.

diagnostics! {
    area "external" { pt: "Links para outros sites", en: "Links to other sites", explanations: "external.md" }

    EXTERNAL_GONE "external/gone" Error {
        gone(url, status) {
            pt: "a página `{url}` não existe mais (resposta {status})",
            en: "the page `{url}` no longer exists (status {status})",
        }
    }

    EXTERNAL_MISSING_ANCHOR "external/missing-anchor" Warning {
        missing_anchor(anchor, url) {
            pt: "não há âncora `#{anchor}` em `{url}`",
            en: "there is no anchor `#{anchor}` in `{url}`",
        }
    }

    EXTERNAL_UNREACHABLE "external/unreachable" Warning {
        server_error(url, status) {
            pt: "`{url}` está fora do ar (resposta {status})",
            en: "`{url}` is down (status {status})",
        }
        connection_failed(host) {
            pt: "não foi possível conectar com `{host}`",
            en: "cannot connect to `{host}`",
        }
        timed_out(url) { pt: "`{url}` demorou demais a responder", en: "`{url}` took too long to answer" }
        connection_closed(url) {
            pt: "a conexão com `{url}` caiu antes da resposta",
            en: "the connection to `{url}` was closed before the response",
        }
        truncated(url) { pt: "a resposta de `{url}` acabou antes do fim", en: "the response of `{url}` is incomplete" }
        proxy(url, cause) {
            pt: "o proxy não chegou a `{url}`: {cause}",
            en: "the proxy could not reach `{url}`: {cause}",
        }
        invalid_response(url, cause) {
            pt: "a resposta de `{url}` não pôde ser lida: {cause}",
            en: "the response of `{url}` cannot be read: {cause}",
        }
    }

    EXTERNAL_UNKNOWN_HOST "external/unknown-host" Warning {
        unknown_host(host) {
            pt: "nenhum site se chama `{host}`, ou não há rede para saber",
            en: "the host `{host}` cannot be found, or there is no network",
        }
    }

    EXTERNAL_TLS "external/tls" Warning {
        tls(host, cause) {
            pt: "não há conexão segura com `{host}`: {cause}",
            en: "no secure connection to `{host}` is possible: {cause}",
        }
    }

    EXTERNAL_UNEXPECTED_STATUS "external/unexpected-status" Warning {
        unexpected_status(url, status) { pt: "`{url}` deu a resposta {status}", en: "`{url}` answered with status {status}" }
    }

    EXTERNAL_REDIRECT_LOOP "external/redirect-loop" Warning {
        redirect_loop(url) {
            pt: "`{url}` manda de um endereço a outro sem chegar a nenhum",
            en: "`{url}` redirects without end",
        }
    }

    EXTERNAL_PRIVATE_ADDRESS "external/private-address" Warning {
        private_address(host) {
            pt: "`{host}` fica em uma rede privada, e não foi consultado",
            en: "`{host}` is in a private network, so no request was sent",
        }
    }

    EXTERNAL_REFUSED "external/refused" Note {
        refused(url, status) {
            pt: "`{url}` não se mostra a quem não entrou no site, ou a programas (resposta {status})",
            en: "`{url}` requires a sign-in, or rejects requests from programs (status {status})",
        }
    }

    EXTERNAL_TOO_MANY_REQUESTS "external/too-many-requests" Note {
        too_many_requests(url, status) {
            pt: "o site de `{url}` pediu que se espere mais (resposta {status})",
            en: "the site of `{url}` limits the rate of requests (status {status})",
        }
    }

    EXTERNAL_MOVED "external/moved" Note {
        moved(url, new_url) {
            pt: "`{url}` mudou de endereço para sempre",
            en: "`{url}` redirects permanently to another address",
            help { pt: "escreva `{new_url}`", en: "write `{new_url}`" }
        }
    }

    EXTERNAL_INSECURE "external/insecure" Note {
        insecure(url, secure) {
            pt: "`{url}` usa `http:`, e o mesmo endereço responde com `https:`",
            en: "`{url}` uses `http:`, and the same address works with `https:`",
            help { pt: "escreva `{secure}`", en: "write `{secure}`" }
        }
    }

    EXTERNAL_SOFT_404 "external/soft-404" Note {
        not_found_page(url, words) {
            pt: "`{url}` responde, mas a página diz “{words}”",
            en: "`{url}` answers with a success, but the page says “{words}”",
        }
        redirect_to_home(url, home) {
            pt: "`{url}` só leva à página inicial, `{home}`",
            en: "`{url}` redirects to the home page, `{home}`",
        }
    }

    EXTERNAL_EXCLUDE_EXPIRED "external/exclude-expired" Warning {
        exclude_expired(pattern, until, reason) {
            pt: "o prazo para não consultar `{pattern}` venceu em {until}",
            en: "the exclusion of `{pattern}` ended on {until}",
            help { pt: "o motivo era: {reason}", en: "the reason was: {reason}" }
        }
    }

    EXTERNAL_MISSING_VARIABLE "external/missing-variable" Warning {
        forbidden_variable(name) {
            pt: "a variável de ambiente `{name}` não tem um site permitido, e o cabeçalho não foi enviado",
            en: "no site may get the environment variable `{name}`, and the header was not sent",
            help { pt: "permita o site na linha de comando: `--allow-header {name}=https://exemplo.org`", en: "allow the site on the command line: `--allow-header {name}=https://example.org`" }
        }
        missing_variable(name) {
            pt: "a variável de ambiente `{name}` não está definida, e o cabeçalho não foi enviado",
            en: "the environment variable `{name}` is not set, and the header was not sent",
        }
    }
}

texts! {
    redirects_to(url) { pt: "o endereço leva a `{url}`", en: "the address redirects to `{url}`" }
    allow_private() {
        pt: "se os leitores chegam a ele, acrescente-o a `links.external.allow_private` em `vereda.yaml`",
        en: "if readers can reach it, add it to `links.external.allow_private` in `vereda.yaml`",
    }
    in_other_files(count) {
        pt: "o mesmo endereço está em mais {count} arquivos: procure no modelo (template) que eles têm em comum",
        en: "the same address is in {count} more files: check the template that they share",
    }
}
