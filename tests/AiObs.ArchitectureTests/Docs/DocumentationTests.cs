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
    public void MetricsPage_OfAllLibraries_ListsExactlyTheMetricsAndTheirTags()
    {
        var sources = Repository.Files(".cs", "src");
        var keys = AttributeKeys.ByConstant(Repository.Assemblies.SelectMany(assembly => assembly.GetTypes()));
        var page = Repository.Files(".md", "docs/concepts/metrics.md").SingleOrDefault();

        Check(DocumentedMetrics.Violations(MetricNames.Of(sources), MetricTags.Of(sources, keys, "StoreOperations.cs", "BudgetTags.cs"), page));
    }

    [Fact]
    public void Page_NamedInTheCode_Exists()
    {
        var named = Repository.Files(".cs", "src").SelectMany(static file => PageName().Matches(file.Text)).Select(static match => match.Value).ToList();

        Assert.NotEmpty(named);
        Check(named.Except(Repository.AllPaths()));
    }

    [Fact]
    public void Folder_NamedForContributors_Exists()
    {
        var named = FolderName().Matches(Contributing).Select(static match => match.Groups[1].Value).ToList();

        Assert.NotEmpty(named);
        Check(named.Where(static folder => !Directory.Exists(Path.Combine(Repository.Root, folder))).Select(static folder => $"CONTRIBUTING.md names {folder}, which is no folder."));
    }

    [Fact]
    public void WayOfACall_ForContributors_NamesAFolderALineAndTypesThatExist()
    {
        var types = Repository.Assemblies.SelectMany(static assembly => assembly.GetTypes()).Select(static type => type.Name.Split('`')[0]).ToHashSet();
        var steps = Step().Matches(Contributing);

        Assert.Equal(10, steps.Count);
        Assert.All(steps, static step => Assert.Single(FolderName().Matches(step.Value)));
        Check(steps.SelectMany(static step => TypeName().Matches(step.Value)).Select(static match => match.Groups[1].Value).Except(types));
    }

    private static string Contributing => Repository.Files(".md", "CONTRIBUTING.md").Single().Text;

    [GeneratedRegex("`(src/[A-Za-z/.]+)`")]
    private static partial Regex FolderName();

    [GeneratedRegex("^[0-9]+\\. `src/.*$", RegexOptions.Multiline)]
    private static partial Regex Step();

    [GeneratedRegex("`([A-Z][A-Za-z]+)`")]
    private static partial Regex TypeName();

    [GeneratedRegex(@"docs/[\w/-]+\.md")]
    private static partial Regex PageName();

    private static List<MarkdownPage> Pages(string[] places) =>
        [.. Repository.Files(".md", places).Select(file => new MarkdownPage(file))];

    private static void Check(IEnumerable<string> violations) => Assert.True(!violations.Any(), string.Join('\n', violations));
}
