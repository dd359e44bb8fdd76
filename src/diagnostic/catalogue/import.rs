//! Texts of `vereda import`: the lines of its report, and the words of the cautions that it leaves.

texts! {
    pub:
    // Frame of the report.
    report_title() { pt: "Relatório da importação", en: "Import report" }
    report_counts(pages, drafts, files) {
        pt: "Páginas: {pages}, das quais rascunhos: {drafts}. Arquivos: {files}.",
        en: "Pages: {pages}, of which drafts: {drafts}. Files: {files}.",
    }
    report_general() { pt: "Da importação", en: "Of the import" }
    report_clean() { pt: "Nada ficou para conferir.", en: "Nothing is left to check." }
    report_check() { pt: "O que `vereda check` diz das páginas gravadas", en: "What `vereda check` reports in the written pages" }
    report_kept() { pt: "Arquivos que não foram regravados", en: "Files that were not written again" }
    at_start() { pt: "início", en: "beginning" }
    repeated(text, count) { pt: "{text} ({count} vezes)", en: "{text} ({count} times)" }
    edited(path) {
        pt: "`{path}` foi editado desde a última importação e ficou como estava; `--force` o regrava",
        en: "`{path}` was edited since the last import and is unchanged; `--force` writes it again",
    }
    not_ours(path) {
        pt: "`{path}` já existia e não veio de uma importação; ficou como estava, e `--force` o regrava",
        en: "`{path}` existed and comes from no import; it is unchanged, and `--force` writes it",
    }
    difference(text) { pt: "a importação de agora gravaria: {text}", en: "this import would write: {text}" }
    imported(pages, files, folder) {
        pt: "importado em `{folder}`: páginas: {pages}, arquivos: {files}",
        en: "imported into `{folder}`: pages: {pages}, files: {files}",
    }
    would_import(pages, files, folder) {
        pt: "seria importado em `{folder}`: páginas: {pages}, arquivos: {files}; nada foi gravado",
        en: "would be imported into `{folder}`: pages: {pages}, files: {files}; nothing was written",
    }
    notes_in(count, path) { pt: "a conferir: {count}, em `{path}`", en: "to check: {count}, in `{path}`" }
    unknown_source(path) {
        pt: "`{path}` não é nada que se saiba importar: uma página do Confluence (`.xml` ou o JSON da API), um espaço (`.zip`, ou a pasta de `entities.xml` ou das páginas em HTML), artigos do Zendesk (`.json`), um `.docx`, ou uma pasta com arquivos `.md`",
        en: "`{path}` is nothing that can be imported: a page of Confluence (`.xml` or the JSON of the API), a space (`.zip`, or the folder of `entities.xml` or of its pages in HTML), articles of Zendesk (`.json`), a `.docx`, or a folder with `.md` files",
    }
    unknown_kind(name, known) { pt: "não há a origem `{name}`; há: {known}", en: "there is no kind of source `{name}`; there are: {known}" }
    wrong_target(path) {
        pt: "`--to {path}` não é uma pasta abaixo da pasta do site",
        en: "`--to {path}` is no folder below the folder of the site",
    }
    no_such_page(name) { pt: "a origem não tem a página `{name}`", en: "the source has no page `{name}`" }

    // Cautions on the page.
    gap_title() { pt: "Pendente para a edição", en: "Pending for the editors" }
    gap_include(title) { pt: "Aqui a origem inclui a página “{title}”, que não veio na importação.", en: "The source includes the page “{title}” here, which was not imported." }
    gap_include_loop(title) { pt: "Aqui a origem inclui a própria página “{title}”.", en: "The source includes the page “{title}” in itself here." }
    gap_excerpt(title) { pt: "Aqui a origem inclui um resumo da página “{title}”, que não foi encontrado.", en: "The source includes an excerpt of the page “{title}” here, which was not found." }
    gap_image(name) { pt: "Aqui a origem mostra a imagem “{name}”, que não veio na importação.", en: "The source shows the image “{name}” here, which was not imported." }
    gap_macro(name) { pt: "Aqui a origem tem a macro “{name}”, que não tem correspondente.", en: "The source has the macro “{name}” here, which has no counterpart." }
    gap_macro_with(name, parameters) {
        pt: "Aqui a origem tem a macro “{name}”, que não tem correspondente ({parameters}).",
        en: "The source has the macro “{name}” here, which has no counterpart ({parameters}).",
    }
    gap_component(name) { pt: "Aqui a origem tem o componente “{name}”, que não tem correspondente.", en: "The source has the component “{name}” here, which has no counterpart." }
    gap_component_with(name, parameters) {
        pt: "Aqui a origem tem o componente “{name}”, que não tem correspondente ({parameters}).",
        en: "The source has the component “{name}” here, which has no counterpart ({parameters}).",
    }
    gap_colours(words) {
        pt: "O texto fala de cores ({words}), e a importação não traz as cores da origem: confira.",
        en: "The text mentions colours ({words}), and the import does not keep the colours of the source: check it.",
    }
    gap_wiki() { pt: "Esta página está na marcação antiga do Confluence; segue o texto de origem.", en: "This page is in the old markup of Confluence; its source follows." }
    gap_placeholder() { pt: "A origem pede que se preencha este texto:", en: "The source asks to fill in this text:" }
    gap_cell() { pt: "Esta célula não cabe em uma tabela; o conteúdo está abaixo dela:", en: "This cell does not fit into a table; its content is below it:" }
    cell_name(row, column) { pt: "linha {row}, {column}", en: "row {row}, {column}" }
    cell_column(number) { pt: "coluna {number}", en: "column {number}" }
    cell_below(name) { pt: "(abaixo da tabela: {name})", en: "(below the table: {name})" }
    open_here() { pt: "Clique para abrir", en: "Click to open" }
    user() { pt: "@usuario", en: "@user" }
    page_without_title() { pt: "Página", en: "Page" }

    // Lines of the report.
    copied_include(path) { pt: "o arquivo incluído `{path}` foi copiado para a página", en: "the included file `{path}` was copied into the page" }
    dropped_marked_lines() { pt: "linhas destacadas e números de linhas de código foram deixados de fora", en: "marked lines and line numbers of code were left out" }
    dropped_attributes() { pt: "classes e tamanhos entre chaves foram deixados de fora", en: "classes and sizes in braces were left out" }
    dropped_icon() { pt: "ícones do tema de origem foram deixados de fora", en: "icons of the source's theme were left out" }
    broken_front_matter(name) { pt: "as propriedades no topo de `{name}` não puderam ser lidas e foram deixadas de fora", en: "the front matter of `{name}` could not be read and was left out" }
    left_out_keys(keys) { pt: "chaves do topo da página deixadas de fora: {keys}", en: "keys of the front matter that were left out: {keys}" }
    without_words(name) { pt: "a macro `{name}` foi deixada de fora: o servidor é que a preenchia", en: "the macro `{name}` was left out: the server filled it in" }
    made_list(name) { pt: "a macro `{name}` virou uma lista de links para as páginas importadas", en: "the macro `{name}` became a list of links to the imported pages" }
    unknown_macro(name) { pt: "a macro `{name}` não é conhecida: ficou o corpo dela", en: "the macro `{name}` is unknown: its body was kept" }
    lost_macro(name) { pt: "a macro `{name}` não tem correspondente: ficou um aviso na página", en: "the macro `{name}` has no counterpart: the page has a caution" }
    dropped_filter(name) { pt: "a macro `{name}` perdeu o comportamento: ficou o corpo dela", en: "the macro `{name}` lost its behaviour: its body was kept" }
    dropped_script() { pt: "estilos ou programas foram deixados de fora", en: "styles or scripts were left out" }
    dropped_colour() { pt: "cores de texto foram deixadas de fora", en: "colours of texts were left out" }
    dropped_underline() { pt: "sublinhados viraram texto comum", en: "underlined text became plain text" }
    dropped_alignment() { pt: "alinhamentos e recuos foram deixados de fora", en: "alignment and indentation were left out" }
    joined_columns() { pt: "as colunas do leiaute foram postas uma depois da outra", en: "the columns of the layout follow each other" }
    merged_cells() { pt: "células mescladas tiveram o valor repetido", en: "the values of merged cells were repeated" }
    moved_cell(name) { pt: "a célula “{name}” foi posta abaixo da tabela", en: "the cell “{name}” was moved below the table" }
    hidden_excerpt(text) { pt: "um resumo escondido foi deixado de fora: “{text}”", en: "a hidden excerpt was left out: “{text}”" }
    left_out_variant(name) { pt: "o texto de `{name}`, que só a outra saída mostra, foi deixado de fora", en: "the text of `{name}`, which only other outputs show, was left out" }
    left_placeholder(text) { pt: "um lembrete do editor da origem foi deixado de fora: “{text}”", en: "a placeholder of the source's editor was left out: “{text}”" }
    unknown_user() { pt: "o nome de uma pessoa citada não está na exportação", en: "the name of a mentioned person is not in the export" }
    no_alt(name) { pt: "a imagem `{name}` não tem descrição na origem: ficou o nome do arquivo", en: "the image `{name}` has no description in the source: the name of the file was used" }
    image_elsewhere(address) { pt: "a imagem `{address}` fica em outro site: libere-o em `embed`, ou copie a imagem", en: "the image `{address}` is on another site: allow it in `embed`, or copy the image" }
    embedded(address) { pt: "o que a página mostrava de `{address}` virou um link; `embed` permite mostrar de novo", en: "what the page showed of `{address}` became a link; `embed` allows to show it again" }
    missing_image(name) { pt: "a imagem `{name}` não veio na importação: ficou um aviso na página", en: "the image `{name}` was not imported: the page has a caution" }
    missing_file(name) { pt: "o anexo `{name}` não veio na importação: o link virou texto", en: "the attachment `{name}` was not imported: the link became text" }
    missing_entry(name) { pt: "o anexo `{name}` está na lista da exportação, mas não no arquivo", en: "the attachment `{name}` is listed in the export but not in the archive" }
    unused_file(name) { pt: "o anexo `{name}` não é mostrado por nenhuma página e não foi copiado", en: "no page shows the attachment `{name}`, and it was not copied" }
    same_bytes(name, other) { pt: "o anexo `{name}` é igual a `{other}`, que foi copiado uma vez", en: "the attachment `{name}` equals `{other}`, which was copied once" }
    same_name(name, path) { pt: "outro anexo tem o nome de `{name}`: este virou `{path}`", en: "another attachment has the name of `{name}`: this one became `{path}`" }
    outside_link(title) { pt: "o link para “{title}” virou texto: a página não veio na importação", en: "the link to “{title}” became text: the page was not imported" }
    outside_kept(title) { pt: "o link para “{title}” leva ao endereço antigo: a página não veio na importação", en: "the link to “{title}” leads to the old address: the page was not imported" }
    draft_link(title) { pt: "o link para “{title}” virou texto: a página é um rascunho", en: "the link to “{title}” became text: the page is a draft" }
    unknown_anchor(anchor) { pt: "o link para a âncora `{anchor}` leva à página: a âncora não existe na origem", en: "the link to the anchor `{anchor}` leads to the page: the source has no such anchor" }
    unknown_own_anchor(anchor) { pt: "o link para a âncora `{anchor}` virou texto: a âncora não existe na página", en: "the link to the anchor `{anchor}` became text: the page has no such anchor" }
    refused_address(address) { pt: "o endereço `{address}` não é permitido: o link virou texto", en: "the address `{address}` is not allowed: the link became text" }
    server_link(address) { pt: "o endereço `{address}` é do servidor de origem: o link virou texto", en: "the address `{address}` belongs to the source's server: the link became text" }
    missing_include(title) { pt: "a página “{title}”, incluída aqui, não veio na importação: ficou um aviso", en: "the page “{title}”, included here, was not imported: there is a caution" }
    numbered_id(id) { pt: "o id `{id}` se repetia e ganhou um número", en: "the id `{id}` was repeated and got a number" }
    numbered_path(title, path) { pt: "o nome do arquivo de “{title}” já existia: ficou `{path}`", en: "the file name of “{title}” existed: it became `{path}`" }
    unnamed_path(title, path) { pt: "“{title}” não tem letras para um nome de arquivo: ficou `{path}`", en: "“{title}” has no letters for a file name: it became `{path}`" }
    cut_path(path) { pt: "o título era longo demais para um nome de arquivo: ficou `{path}`", en: "the title was too long for a file name: it became `{path}`" }
    orphan(title) { pt: "a página-mãe de “{title}” não está na exportação: a página foi para a raiz", en: "the parent of “{title}” is not in the export: the page went to the root" }
    no_body(title) { pt: "“{title}” não tem texto na exportação", en: "“{title}” has no text in the export" }
    wiki_body(title) { pt: "“{title}” está na marcação antiga do Confluence: o texto de origem ficou em um bloco", en: "“{title}” is in the old markup of Confluence: its source is in a block" }
    malformed(title) { pt: "o XML de “{title}” tem erros de aninhamento, que foram remendados: confira a página", en: "the XML of “{title}” has mistakes of nesting, which were mended: check the page" }
    control_characters(title) { pt: "“{title}” tinha caracteres de controle, que foram tirados", en: "“{title}” had control characters, which were removed" }
    draft_page(title) { pt: "“{title}” é um rascunho na origem e ficou com `draft: true`", en: "“{title}” is a draft in the source and has `draft: true`" }
    draft_of(title) { pt: "há um rascunho de “{title}” com mudanças não publicadas, que foi deixado de fora", en: "there is a draft of “{title}” with unpublished changes, which was left out" }
    skipped_deleted(title) { pt: "“{title}” foi apagada na origem e não foi importada", en: "“{title}” is deleted in the source and was not imported" }
    skipped_archived(title) { pt: "“{title}” está arquivada na origem e não foi importada", en: "“{title}” is archived in the source and was not imported" }
    skipped_versions(count) { pt: "versões antigas deixadas de fora: {count}", en: "old versions left out: {count}" }
    skipped_comments(count) { pt: "comentários deixados de fora: {count}", en: "comments left out: {count}" }
    skipped_attachment_versions(count) { pt: "versões antigas de anexos deixadas de fora: {count}", en: "old versions of attachments left out: {count}" }
    blog_post(title, path) { pt: "a postagem “{title}” ficou em `{path}`", en: "the blog post “{title}” became `{path}`" }
    property(key, value) { pt: "as propriedades da página dizem {key}: {value}; talvez sirva em `owner` ou `reviewed`", en: "the page properties have {key}: {value}; it may be of use in `owner` or `reviewed`" }
    refused_entry(name) { pt: "a entrada `{name}` do arquivo foi recusada: o nome dela leva para fora, ou é um atalho", en: "the entry `{name}` of the archive was refused: its name leads outside, or it is a link" }
    unreadable_file(name) { pt: "o anexo `{name}` não pôde ser lido e não foi copiado", en: "the attachment `{name}` could not be read and was not copied" }
    broken_export(cause) { pt: "a exportação termina em um erro, e só o que veio antes foi lido: {cause}", en: "the export ends in an error, and only what precedes it was read: {cause}" }
    active_file(name) { pt: "o anexo `{name}` pode conter programas e não foi copiado", en: "the attachment `{name}` can contain programs and was not copied" }
}
