//! Pages: their bytes, their front matter, their addresses.

findings! {
    unclosed_front_matter() FrontMatterUnclosed {
        pt: "o bloco de dados da página não tem a linha `---` que o fecha",
        en: "the front matter has no closing `---` line",
    }
    empty() PageEmpty { pt: "a página está vazia", en: "the page is empty" }
    invalid_utf8() PageInvalidUtf8 {
        pt: "o arquivo não está em UTF-8: há um byte inválido aqui",
        en: "the file is not UTF-8: there is an invalid byte here",
    }
    no_content(folder) PageNoContent {
        pt: "não há a pasta `{folder}` com as páginas do site",
        en: "there is no folder `{folder}` with the pages of the site",
    }
    no_home() PageNoHome {
        pt: "o site não tem página inicial: o endereço dele, e todo link para o início, não levam a nada",
        en: "the site has no home page: its address, and every way home, lead to nothing",
    }
    symlink_outside(path) PageSymlinkOutside {
        pt: "`{path}` é um atalho que leva para fora da pasta do site, e não foi seguido",
        en: "`{path}` is a symbolic link that leaves the site's folder; it was not followed",
    }
    duplicate_route(route, other) PageDuplicateRoute {
        pt: "este arquivo e `{other}` têm o mesmo endereço, `{route}`",
        en: "this file and `{other}` have the same address, `{route}`",
    }
    changes_route_taken(route) PageDuplicateRoute {
        pt: "o endereço `{route}` deste arquivo é o da página “O que mudou”, pedida com --since: mude o do arquivo",
        en: "the address `{route}` of this file is that of the page of changes, asked for with --since: change the file's",
    }
    duplicate_id(id) PageDuplicateId { pt: "o id `#{id}` aparece duas vezes nesta página", en: "the id `#{id}` appears twice in this page" }
    invalid_alias(alias) FrontMatterInvalidValue {
        pt: "`{alias}` não serve como endereço antigo: escreva-o como /pasta/pagina/",
        en: "`{alias}` cannot be an old address: write it as /folder/page/",
    }
    asset_collision(path) AssetCollision {
        pt: "dois arquivos seriam publicados no mesmo endereço, `{path}`: um de `content/` e um de `static/`, ou o que o Vereda escreve",
        en: "two files would be published at the same address, `{path}`: one of `content/` and one of `static/`, or what Vereda writes",
    }
    worker_taken(path) AssetCollision {
        pt: "`{path}` é o arquivo que faz o site abrir sem rede: dê outro nome ao de `static/`, ou escreva `offline: false` em `vereda.yaml`",
        en: "`{path}` is the file that lets the site open without a network: give that of `static/` another name, or write `offline: false` in `vereda.yaml`",
    }
    route_differs_in_case(route, other) PageDuplicateRoute {
        pt: "o endereço `{route}` só difere do de `{other}` em maiúsculas, e há discos e servidores que os confundem",
        en: "the address `{route}` differs from that of `{other}` in capitals only, and some disks and servers confuse them",
    }
    asset_differs_in_case(one, other) AssetCollision {
        pt: "os endereços `{one}` e `{other}` só diferem em maiúsculas, e há discos e servidores que os confundem",
        en: "the addresses `{one}` and `{other}` differ in capitals only, and some disks and servers confuse them",
    }
    included_id(id, path) PageDuplicateId {
        pt: "o id `#{id}`, incluído de `{path}`, aparece duas vezes aqui",
        en: "the id `#{id}`, included from `{path}`, appears twice here",
    }
    skipped_heading(from, to) PageSkippedHeading {
        pt: "o título salta do nível {from} para o {to}",
        en: "the heading goes from level {from} to {to}",
    }
    missing_alt() PageMissingAlt {
        pt: "a imagem não tem descrição: quem não a vê não sabe o que ela mostra",
        en: "the image has no description: who cannot see it does not know what it shows",
    }
    inline_script() PageInlineScript {
        pt: "este script está escrito na página, e a política de segurança das páginas não o deixa rodar",
        en: "this script is written in the page, and the security policy of the pages does not let it run",
    }
    foreign_script(address) PageInlineScript {
        pt: "o script `{address}` é de outro site, e a política de segurança das páginas não o deixa rodar",
        en: "the script `{address}` is another site's, and the security policy of the pages does not let it run",
    }
    event_attribute(name) PageInlineScript {
        pt: "`{name}` é um script escrito na página, e a política de segurança das páginas não o deixa rodar",
        en: "`{name}` is a script written in the page, and the security policy of the pages does not let it run",
    }
    inline_style() PageInlineStyle {
        pt: "este estilo está escrito na página, e a política de segurança das páginas não o deixa valer",
        en: "this style is written in the page, and the security policy of the pages does not apply it",
    }
    blocked_element(name) PageBlockedContent {
        pt: "a política de segurança das páginas não deixa `<{name}>` funcionar",
        en: "the security policy of the pages does not let `<{name}>` work",
    }
    blocked_origin(origin) PageBlockedContent {
        pt: "isto vem de `{origin}`, e a política de segurança das páginas não o deixa aparecer",
        en: "this comes from `{origin}`, and the security policy of the pages does not let it show",
    }
    blocked_address(address) PageBlockedContent {
        pt: "a política de segurança das páginas não deixa aparecer o que vem de `{address}`",
        en: "the security policy of the pages does not let what comes from `{address}` show",
    }
    orphan(title, parent) PageOrphan {
        pt: "nada leva a “{title}” além do menu, embora o texto de `{parent}` leve às páginas vizinhas",
        en: "nothing but the menu leads to “{title}”, though the text of `{parent}` leads to its neighbours",
    }
    links_to_draft(path) PageLinksToDraft {
        pt: "este link leva a um rascunho, `{path}`, que não é publicado",
        en: "this link leads to a draft, `{path}`, which is not published",
    }
    transclusion_cycle(path) PageTransclusionCycle {
        pt: "esta inclusão nunca acaba: `{path}` inclui este mesmo trecho",
        en: "this inclusion never ends: `{path}` includes this same part",
    }
}

texts! {
    describe_image() {
        pt: "escreva entre os colchetes o que ela mostra; se for só enfeite, use `<img src=\"…\" alt=\"\">`",
        en: "write between the brackets what it shows; if it only decorates, use `<img src=\"…\" alt=\"\">`",
    }
    write_home() { pt: "crie `content/index.md`", en: "write `content/index.md`" }
    use_level(level) { pt: "use {level}", en: "use {level}" }
    name_origin(origin) {
        pt: "copie o arquivo para o site, ou permita a origem em `vereda.yaml`: `embed: [{origin}]`",
        en: "copy the file into the site, or allow the origin in `vereda.yaml`: `embed: [{origin}]`",
    }
    link_from(path) { pt: "acrescente em `{path}` um link para ela", en: "add a link to it in `{path}`" }
}
