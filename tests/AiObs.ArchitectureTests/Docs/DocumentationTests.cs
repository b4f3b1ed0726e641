using System.Text.RegularExpressions;
using AiObs.ArchitectureTests.Rules;

namespace AiObs.ArchitectureTests.Docs;

/// <summary>Holds the pages to the rules.</summary>
public sealed partial class DocumentationTests
{
    private static readonly string[] Guides = ["README.md", "docs"];

    [Fact]
    public void CodeBlock_OnEachPage_IsCompiledCode() =>
        Check(CompiledSnippets.Violations(Pages(Guides), SnippetRegions.Of(Repository.Files(".cs", "tests", "samples"))));

    [Fact]
    public void CodeBlock_OnEachPage_HasItsNamespacesNamed()
    {
        var known = Repository.Assemblies.SelectMany(assembly => assembly.GetExportedTypes()).Select(type => type.Namespace!).ToHashSet();

        Check(NamedNamespaces.Violations(Pages(Guides), known));
    }

    [Fact]
    public void Link_OnEachPage_LeadsSomewhere() => Check(
        LinkTargets.Violations(Pages([.. Guides, "CHANGELOG.md", "CONTRIBUTING.md", "src", "samples", "tests"]), Repository.AllPaths()));

    [Fact]
    public void AttributeReference_OfAllConventions_ListsExactlyTheConstants()
    {
        var keys = AttributeKeys.Of(Repository.Assemblies.SelectMany(assembly => assembly.GetTypes()));
        var page = Repository.Files(".md", "docs/reference/attributes.md").SingleOrDefault();

        Check(DocumentedKeys.Violations(keys, page));
    }

    [Fact]
    public void Page_NamedInTheCode_Exists()
    {
        var named = Repository.Files(".cs", "src").SelectMany(static file => PageName().Matches(file.Text)).Select(static match => match.Value).ToList();

        Assert.NotEmpty(named);
        Check(named.Except(Repository.AllPaths()));
    }

    [GeneratedRegex(@"docs/[\w/-]+\.md")]
    private static partial Regex PageName();

    private static List<MarkdownPage> Pages(string[] places) =>
        [.. Repository.Files(".md", places).Select(file => new MarkdownPage(file))];

    private static void Check(IEnumerable<string> violations) => Assert.True(!violations.Any(), string.Join('\n', violations));
}
