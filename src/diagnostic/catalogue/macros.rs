//! Macros of the content against those of Zendesk.

diagnostics! {
    area "macro" { pt: "Macros do Zendesk", en: "Macros of Zendesk", explanations: "macros.md" }

    MACRO_FILE "macro/file" Error {
        missing_file(path) {
            pt: "o arquivo de macros `{path}` não existe",
            en: "the file of macros `{path}` does not exist",
            help {
                pt: "salve nele a resposta de `/api/v2/macros.json` do Zendesk; o caminho parte da pasta de `vereda.yaml`",
                en: "save the response of `/api/v2/macros.json` of Zendesk in it; the path begins at the folder of `vereda.yaml`",
            }
        }
        outside(path) {
            pt: "o arquivo de macros `{path}` fica fora da pasta do site",
            en: "the file of macros `{path}` is outside the folder of the site",
            help { pt: "copie-o para dentro da pasta do site", en: "copy it into the folder of the site" }
        }
        published(path) {
            pt: "o arquivo de macros `{path}` seria publicado com o site",
            en: "the file of macros `{path}` would be published with the site",
            help { pt: "guarde-o em outra pasta, como `zendesk/`", en: "keep it in another folder, such as `zendesk/`" }
        }
        not_a_file(path) {
            pt: "`{path}` não é um arquivo comum, e por isso não é lido",
            en: "`{path}` is not a regular file, so it is not read",
            help { pt: "aponte para o arquivo JSON das macros", en: "name the JSON file of the macros" }
        }
        too_large(path, limit) {
            pt: "o arquivo de macros `{path}` tem mais de {limit} MB",
            en: "the file of macros `{path}` has more than {limit} MB",
            help {
                pt: "exporte só as macros: `/api/v2/macros.json`",
                en: "export the macros only: `/api/v2/macros.json`",
            }
        }
        unreadable(path, cause) {
            pt: "o arquivo de macros `{path}` não pode ser lido: {cause}",
            en: "the file of macros `{path}` cannot be read: {cause}",
            help { pt: "confira a permissão do arquivo", en: "check the permission of the file" }
        }
        not_json() {
            pt: "o arquivo de macros não é JSON: a partir daqui não se entende",
            en: "the file of macros is not JSON: it cannot be read from here on",
            help {
                pt: "salve de novo a resposta de `/api/v2/macros.json`, sem editá-la",
                en: "save the response of `/api/v2/macros.json` again, unchanged",
            }
        }
        no_macros() {
            pt: "o arquivo não tem a lista `macros` do Zendesk, com o `title` de cada macro",
            en: "the file does not have the list `macros` of Zendesk, with the `title` of each macro",
            help {
                pt: "salve de novo a resposta de `/api/v2/macros.json`, sem editá-la",
                en: "save the response of `/api/v2/macros.json` again, unchanged",
            }
        }
    }

    MACRO_INCOMPLETE "macro/incomplete" Warning {
        incomplete(count, total) {
            pt: "o arquivo tem {count} macros, e o Zendesk tem {total}: é só a primeira página da resposta",
            en: "the file has {count} macros, and Zendesk has {total}: it is only one page of the response",
            help {
                pt: "junte todas as páginas: `jq -s '{{macros: (map(.macros) | add)}}' pagina-*.json`",
                en: "join all pages: `jq -s '{{macros: (map(.macros) | add)}}' page-*.json`",
            }
        }
    }

    MACRO_UNKNOWN "macro/unknown" Warning {
        unknown(text) {
            pt: "o Zendesk não tem a macro “{text}”",
            en: "Zendesk has no macro “{text}”",
        }
    }

    MACRO_INACTIVE "macro/inactive" Warning {
        inactive(text) {
            pt: "a macro “{text}” está inativa no Zendesk: o atendente não a encontra",
            en: "the macro “{text}” is inactive in Zendesk: agents cannot find it",
            help {
                pt: "ative a macro no Zendesk, ou troque-a aqui pela que está em uso",
                en: "activate the macro in Zendesk, or replace it here by the one in use",
            }
        }
    }

    MACRO_DIFFERS "macro/differs" Warning {
        differs(text, title) {
            pt: "a macro “{text}” está escrita de outro jeito no Zendesk: “{title}”",
            en: "the macro “{text}” is written differently in Zendesk: “{title}”",
            help {
                pt: "copie o título do Zendesk, com os mesmos espaços, maiúsculas e barras",
                en: "copy the title from Zendesk, with the same blanks, case and bars",
            }
        }
    }

    MACRO_STATUS "macro/status" Warning {
        status(status, title, value) {
            pt: "o desfecho diz “{status}”, e a macro “{title}” muda o ticket para `{value}`",
            en: "the outcome says “{status}”, and the macro “{title}” sets the ticket to `{value}`",
            help {
                pt: "corrija o `status` do desfecho, ou a macro no Zendesk",
                en: "correct the `status` of the outcome, or the macro in Zendesk",
            }
        }
        result_status(result, title, value) {
            pt: "o desfecho tem `result: {result}`, e a macro “{title}” muda o ticket para `{value}`",
            en: "the outcome has `result: {result}`, and the macro “{title}” sets the ticket to `{value}`",
            help {
                pt: "corrija o `result` do desfecho, ou a macro no Zendesk",
                en: "correct the `result` of the outcome, or the macro in Zendesk",
            }
        }
    }

    MACRO_UNUSED "macro/unused" Note {
        unused(title) {
            pt: "nenhuma página e nenhum fluxo usa a macro “{title}”",
            en: "no page and no flow uses the macro “{title}”",
        }
        more_unused(count) {
            pt: "e mais {count} macros ativas que o conteúdo não usa",
            en: "and {count} more active macros that the content does not use",
        }
    }
}
