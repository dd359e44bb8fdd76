//! Pages: their bytes, addresses, images, scripts and links to each other.

diagnostics! {
    area "page" { pt: "Páginas", en: "Pages", explanations: "page.md" }

    PAGE_INVALID_UTF8 "page/invalid-utf8" Error essential {
        invalid_utf8() {
            pt: "o arquivo não está em UTF-8: há um byte inválido aqui",
            en: "the file is not UTF-8: there is an invalid byte here",
        }
    }

    PAGE_CONFLICT "page/conflict" Error essential {
        conflict() {
            pt: "um conflito do git ficou no texto",
            en: "a conflict of git was left in the text",
            help {
                pt: "fique com um dos dois textos e apague as linhas `<<<<<<<`, `=======` e `>>>>>>>`",
                en: "keep one of both texts, and delete the lines `<<<<<<<`, `=======` and `>>>>>>>`",
            }
        }
    }

    PAGE_EMPTY "page/empty" Warning {
        empty() { pt: "a página está vazia", en: "the page is empty" }
    }

    PAGE_NO_CONTENT "page/no-content" Error essential {
        no_content(folder) {
            pt: "não há a pasta `{folder}` com as páginas do site",
            en: "there is no folder `{folder}` with the pages of the site",
        }
    }

    PAGE_NO_HOME "page/no-home" Warning {
        no_home() {
            pt: "o site não tem página inicial: o endereço dele, e todo link para o início, não levam a nada",
            en: "the site has no home page",
            help { pt: "crie `content/index.md`", en: "create `content/index.md`" }
        }
    }

    PAGE_SYMLINK_OUTSIDE "page/symlink-outside" Error essential {
        symlink_outside(path) {
            pt: "`{path}` é um atalho que leva para fora da pasta do site, e não foi seguido",
            en: "`{path}` is a symbolic link to a place outside the site's folder; it was not followed",
        }
    }

    PAGE_SYMLINK_TO_HIDDEN "page/symlink-to-hidden" Error essential {
        symlink_to_hidden(path, target) {
            pt: "`{path}` é um atalho para `{target}`, que é um arquivo ou uma pasta oculta ou temporária; ele não foi seguido",
            en: "`{path}` is a symbolic link to `{target}`, a hidden or temporary file or folder; it was not followed",
        }
    }

    PAGE_SYMLINK_BROKEN "page/symlink-broken" Error essential {
        symlink_broken(path) {
            pt: "`{path}` é um atalho que não leva a arquivo nenhum",
            en: "`{path}` is a symbolic link without a target",
            help {
                pt: "apague o atalho, ou devolva ao lugar o arquivo a que ele levava",
                en: "delete the link, or put its target back",
            }
        }
    }

    PAGE_UNREADABLE "page/unreadable" Error essential {
        not_a_file(path) {
            pt: "`{path}` não é um arquivo comum, e sim um canal (FIFO), um soquete ou um dispositivo",
            en: "`{path}` is not a regular file, but a pipe (FIFO), a socket or a device",
            help { pt: "tire-o da pasta", en: "remove it from the folder" }
        }
        no_permission(path) {
            pt: "não há permissão para ler `{path}`",
            en: "there is no permission to read `{path}`",
            help {
                pt: "dê permissão de leitura a quem publica o site, ou tire-o da pasta",
                en: "give read permission to the user who publishes the site, or remove it from the folder",
            }
        }
        unreadable(path, cause) {
            pt: "não foi possível ler `{path}` (resposta do sistema: {cause})",
            en: "cannot read `{path}` (answer of the system: {cause})",
        }
    }

    PAGE_FILE_NAME "page/file-name" Error essential {
        file_name(path, character, portable) {
            pt: "o nome de `{path}` tem `{character}`, que não pode estar no endereço de uma página ou de um arquivo",
            en: "the name of `{path}` has `{character}`, which cannot be in the address of a page or a file",
            help { pt: "mude o nome para `{portable}`", en: "rename it to `{portable}`" }
        }
    }

    PAGE_DUPLICATE_ROUTE "page/duplicate-route" Error essential {
        duplicate_route(route, other) {
            pt: "este arquivo e `{other}` têm o mesmo endereço, `{route}`",
            en: "this file and `{other}` have the same address, `{route}`",
        }
        changes_route_taken(route) {
            pt: "o endereço `{route}` deste arquivo é o da página “O que mudou”, pedida com --since: mude o do arquivo",
            en: "the address `{route}` of this file is used by the page of changes, requested with --since: change the address of the file",
        }
        route_differs_in_case(route, other) {
            pt: "o endereço `{route}` só difere do de `{other}` em maiúsculas, e há discos e servidores que os confundem",
            en: "the address `{route}` differs from that of `{other}` only in case, and some disks and servers do not distinguish case",
        }
    }

    PAGE_DUPLICATE_ID "page/duplicate-id" Error {
        duplicate_id(id) {
            pt: "o id `#{id}` aparece duas vezes nesta página",
            en: "the id `#{id}` appears twice in this page",
        }
        included_id(id, path) {
            pt: "o id `#{id}`, incluído de `{path}`, aparece duas vezes aqui",
            en: "the id `#{id}`, included from `{path}`, appears twice here",
        }
    }

    PAGE_LINKS_TO_DRAFT "page/links-to-draft" Error {
        links_to_draft(path) {
            pt: "este link leva a um rascunho, `{path}`, que não é publicado",
            en: "this link points to a draft, `{path}`, which is not published",
        }
    }

    PAGE_TRANSCLUSION_CYCLE "page/transclusion-cycle" Error essential {
        transclusion_cycle(path) {
            pt: "esta inclusão nunca acaba: `{path}` inclui este mesmo trecho",
            en: "this inclusion never ends: `{path}` includes this part",
        }
    }

    PAGE_TRANSCLUSION_TOO_LARGE "page/transclusion-too-large" Error essential {
        transclusion_too_large(page, site) {
            pt: "as inclusões fazem esta página, ou o site, crescer demais: no máximo {page} MB em uma página, e {site} MB em todas",
            en: "the inclusions make this page, or the site, too large: at most {page} MB in a page, and {site} MB in all",
            help { pt: "inclua só a seção necessária, ou troque a inclusão por um link", en: "include only the section that is needed, or write a link instead" }
        }
    }

    PAGE_SKIPPED_HEADING "page/skipped-heading" Warning {
        skipped_heading(from, to, next_level) {
            pt: "o título salta do nível {from} para o {to}",
            en: "the heading goes from level {from} to {to}",
            help { pt: "use {next_level}", en: "use {next_level}" }
        }
    }

    PAGE_SECOND_TITLE "page/second-title" Note {
        second_title(title) {
            pt: "a página já tem o título “{title}”, de `title`, e este aparece abaixo dele",
            en: "the page has the title “{title}”, of `title`, and this one is shown below it",
            help { pt: "apague a linha, ou escreva-a com `##`", en: "delete the line, or write it with `##`" }
        }
    }

    PAGE_SAME_TITLE "page/same-title" Note {
        same_title(title) {
            pt: "duas páginas vizinhas se chamam “{title}”, e o menu e a busca não as distinguem",
            en: "two neighbouring pages are named “{title}”, and the menu and the search do not distinguish them",
        }
    }

    PAGE_MISSING_ALT "page/missing-alt" Warning {
        missing_alt() {
            pt: "a imagem não tem descrição: quem não a vê não sabe o que ela mostra",
            en: "the image has no description: readers who cannot see it do not know what it shows",
            help {
                pt: "escreva entre os colchetes o que ela mostra; se for só enfeite, use `<img src=\"…\" alt=\"\">`",
                en: "describe it between the brackets; if it is decorative, use `<img src=\"…\" alt=\"\">`",
            }
        }
    }

    PAGE_INLINE_SCRIPT "page/inline-script" Warning {
        inline_script() {
            pt: "este script está escrito na página, e a política de segurança das páginas não o deixa rodar",
            en: "this script is inline, and the security policy of the pages blocks it",
        }
        foreign_script(address) {
            pt: "o script `{address}` é de outro site, e a política de segurança das páginas não o deixa rodar",
            en: "the script `{address}` is from another site, and the security policy of the pages blocks it",
        }
        event_attribute(name) {
            pt: "`{name}` é um script escrito na página, e a política de segurança das páginas não o deixa rodar",
            en: "`{name}` is an inline script, and the security policy of the pages blocks it",
        }
    }

    PAGE_INLINE_STYLE "page/inline-style" Warning {
        inline_style() {
            pt: "este estilo está escrito na página, e a política de segurança das páginas não o deixa valer",
            en: "this style is inline, and the security policy of the pages blocks it",
        }
    }

    PAGE_BLOCKED_CONTENT "page/blocked-content" Warning {
        blocked_element(name) {
            pt: "a política de segurança das páginas não deixa `<{name}>` funcionar",
            en: "the security policy of the pages blocks `<{name}>`",
        }
        blocked_origin(origin) {
            pt: "isto vem de `{origin}`, e a política de segurança das páginas não o deixa aparecer",
            en: "this is loaded from `{origin}`, and the security policy of the pages blocks it",
            help {
                pt: "copie o arquivo para o site, ou permita a origem em `vereda.yaml`: `embed: [{origin}]`",
                en: "copy the file into the site, or allow the origin in `vereda.yaml`: `embed: [{origin}]`",
            }
        }
        blocked_address(address) {
            pt: "a política de segurança das páginas não deixa aparecer o que vem de `{address}`",
            en: "the security policy of the pages blocks `{address}`",
        }
    }

    PAGE_ORPHAN "page/orphan" Note {
        orphan(title, parent) {
            pt: "nada leva a “{title}” além do menu, embora o texto de `{parent}` leve às páginas vizinhas",
            en: "only the menu links to “{title}”, but the text of `{parent}` links to its neighbours",
            help { pt: "acrescente em `{parent}` um link para ela", en: "add a link to it in `{parent}`" }
        }
    }

    PAGE_LEFTOVER_MARKUP "page/leftover-markup" Warning {
        blank_in_address(address, cure) {
            pt: "o endereço `{address}` tem um espaço, e por isso isto não é um link",
            en: "the address `{address}` has a blank, so this is no link",
            help { pt: "escreva `{cure}`", en: "write `{cure}`" }
        }
        blank_before_address(cure) {
            pt: "há um espaço entre `]` e `(`, e por isso isto não é um link",
            en: "there is a blank between `]` and `(`, so this is no link",
            help { pt: "escreva `{cure}`", en: "write `{cure}`" }
        }
        swapped_brackets(cure) {
            pt: "os parênteses e os colchetes estão trocados, e por isso isto não é um link",
            en: "parentheses and brackets are swapped, so this is no link",
            help { pt: "escreva `{cure}`", en: "write `{cure}`" }
        }
        unclosed_address(cure) {
            pt: "falta o `)` no fim do endereço, e por isso isto não é um link",
            en: "the `)` at the end of the address is missing, so this is no link",
            help { pt: "escreva `{cure}`", en: "write `{cure}`" }
        }
        wiki_link(cure) {
            pt: "um link não se escreve entre colchetes duplos",
            en: "a link is not written in double brackets",
            help { pt: "escreva o texto e o arquivo, como `{cure}`", en: "write the text and the file, such as `{cure}`" }
        }
        heading_without_blank(cure) {
            pt: "falta um espaço depois de `#`, e por isso isto não é um título",
            en: "there is no blank after `#`, so this is no heading",
            help { pt: "escreva `{cure}`", en: "write `{cure}`" }
        }
        typed_bullet(sign) {
            pt: "`{sign}` não faz uma lista: as linhas ficam emendadas",
            en: "`{sign}` makes no list: the lines are joined",
            help { pt: "comece cada item com `- `", en: "begin each item with `- `" }
        }
        unknown_alert(written, name) {
            pt: "não existe a caixa `[!{written}]`",
            en: "there is no alert `[!{written}]`",
            help { pt: "escreva `> [!{name}]`", en: "write `> [!{name}]`" }
        }
        misspelt_inline(written, name) {
            pt: "isto aparece como está escrito: não existe `:{written}` com o que vem depois",
            en: "this is shown as written: there is no `:{written}` with what follows",
            help { pt: "escreva `:{name}[…]`, em minúsculas e sem espaço", en: "write `:{name}[…]`, in small letters and without a blank" }
        }
        unclosed_inline(name) {
            pt: "o `]` que fecha este `:{name}[` não está na mesma linha",
            en: "the `]` that closes this `:{name}[` is not on the same line",
            help { pt: "escreva tudo em uma linha", en: "write all of it on one line" }
        }
        ignored_attribute(written) {
            pt: "`{written}` não tem efeito: aqui só vale um `{{#id}}`",
            en: "`{written}` has no effect: only an `{{#id}}` is read here",
            help { pt: "apague `{written}`", en: "delete `{written}`" }
        }
        attributes_of_nothing(written) {
            pt: "`{written}` aparece como está escrito: aqui não há atributos",
            en: "`{written}` is shown as written: there are no attributes here",
            help {
                pt: "apague-o; um `{{#id}}` vai no fim de um título ou de um item",
                en: "delete it; an `{{#id}}` stands at the end of a heading or an item",
            }
        }
        table_without_rule(rule) {
            pt: "falta a linha de traços abaixo desta, e por isso isto não é uma tabela",
            en: "the line of hyphens below this one is missing, so this is no table",
            help { pt: "escreva abaixo `{rule}`", en: "write below `{rule}`" }
        }
        mangled_fence(name) {
            pt: "isto não abre um bloco: são três dois-pontos, sem nada entre eles",
            en: "this opens no directive: it takes three colons with nothing between them",
            help { pt: "escreva `:::{name}`", en: "write `:::{name}`" }
        }
        leading_colon(line) {
            pt: "os dois-pontos no começo da linha fazem dela a explicação do parágrafo de cima: `{line}`",
            en: "the colon at the beginning makes this line the definition of the paragraph above: `{line}`",
            help {
                pt: "um bloco começa com `:::`; se é um texto, escreva `\\:`, e se é uma explicação, `: ` com um espaço",
                en: "a directive begins with `:::`; for a text write `\\:`, and for a definition `: ` with a blank",
            }
        }
        swallowed_step(number) {
            pt: "o passo {number} faz parte do parágrafo de cima, e não da lista",
            en: "step {number} is part of the paragraph above, not of the list",
            help {
                pt: "recue o parágrafo de cima até o texto do passo anterior, e deixe uma linha em branco antes deste",
                en: "indent the paragraph above to the text of the step before, and leave a blank line before this one",
            }
        }
        shallow_item(columns) {
            pt: "o recuo deste item não basta para pô-lo dentro do item de cima",
            en: "the indentation of this item does not put it inside the item above",
            help {
                pt: "alinhe-o com o texto do item de cima ({columns} espaços), ou tire o recuo",
                en: "align it with the text of the item above ({columns} blanks), or remove the indentation",
            }
        }
        steps_restart() {
            pt: "a contagem dos passos recomeça aqui, porque algo sem recuo está entre eles",
            en: "the steps are counted from the beginning here, because something without indentation stands between them",
            help { pt: "recue o que está entre eles até o texto do passo", en: "indent what stands between them to the text of the step" }
        }
    }

    PAGE_TABLE_CELLS "page/table-cells" Warning {
        more_cells(cells, columns) {
            pt: "células desta linha: {cells}; colunas da tabela: {columns}; as últimas somem",
            en: "cells of this row: {cells}; columns of the table: {columns}; the last ones are lost",
            help { pt: "uma barra que faz parte do texto se escreve `\\|`", en: "a bar that is part of the text is written `\\|`" }
        }
        fewer_cells(cells, columns) {
            pt: "células desta linha: {cells}; colunas da tabela: {columns}; as que faltam ficam vazias",
            en: "cells of this row: {cells}; columns of the table: {columns}; the missing ones are empty",
            help { pt: "escreva também as células vazias: `| |`", en: "write the empty cells too: `| |`" }
        }
    }

    PAGE_UNCLOSED_ELEMENT "page/unclosed-element" Warning {
        unclosed_element(name) {
            pt: "`<{name}>` não é fechado: o efeito dele vai até o fim da página",
            en: "`<{name}>` is not closed: its effect reaches the end of the page",
            help { pt: "feche-o com `</{name}>`", en: "close it with `</{name}>`" }
        }
        unclosed_comment() {
            pt: "este comentário não é fechado: tudo o que vem depois some",
            en: "this comment is not closed: all that follows is lost",
            help { pt: "feche-o com `-->`", en: "close it with `-->`" }
        }
    }

    PAGE_UNCLOSED_FENCE "page/unclosed-fence" Warning {
        unclosed_fence(fence) {
            pt: "o bloco de código aberto aqui não é fechado: tudo o que vem depois aparece como código",
            en: "the code block that opens here is not closed: all that follows is shown as code",
            help { pt: "feche com uma linha só de `{fence}`", en: "close it with a line of `{fence}` alone" }
        }
    }

    PAGE_FOREIGN_SYNTAX "page/foreign-syntax" Warning {
        foreign_syntax(written, tool, ours) {
            pt: "`{written}` é de outro programa ({tool}) e aparece como está escrito",
            en: "`{written}` is syntax of another tool ({tool}) and is shown as written",
            help { pt: "aqui se escreve `{ours}`", en: "here it is written `{ours}`" }
        }
    }

    PAGE_TAG_USED_ONCE "page/tag-used-once" Note {
        tag_used_once(tag) {
            pt: "só este texto tem o assunto `{tag}`",
            en: "no other document has the tag `{tag}`",
        }
    }
    PAGE_COPIES_ROUTE "page/copies-route" Note {
        copies_route_taken(route) {
            pt: "o endereço `{route}` já é deste arquivo, e por isso a página de macros e textos para copiar não é publicada",
            en: "the address `{route}` belongs to this file, so the page of macros and texts to copy is not published",
            help {
                pt: "mude o nome do arquivo, ou deixe-o como está se ele substitui aquela página",
                en: "rename the file, or keep it if it replaces that page",
            }
        }
    }
}
