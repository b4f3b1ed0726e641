using System.Text.RegularExpressions;

namespace AiObs.ArchitectureTests.Docs;

/// <summary>Every page with C# says which namespaces that takes: a line with the word <c>namespace</c> or its plural and their names after it.</summary>
internal static partial class NamedNamespaces
{
    private const string Word = "amespace";

    public static IEnumerable<string> Violations(IEnumerable<MarkdownPage> pages, IReadOnlySet<string> known) =>
        from page in pages
        where page.Blocks.Any(block => block.Language == "csharp")
        from problem in Problems(page, known)
        select $"{page.Path} {problem}";

    private static IEnumerable<string> Problems(MarkdownPage page, IReadOnlySet<string> known)
    {
        var names = page.Prose
            .Where(line => line.Contains(Word, StringComparison.Ordinal))
            .SelectMany(line => Name().Matches(line[line.IndexOf(Word, StringComparison.Ordinal)..]))
            .Select(match => match.Groups[1].Value)
            .ToList();

        return names.Count == 0
            ? ["has code and does not say which namespaces it needs."]
            : names.Where(name => IsOurs(name) && !known.Contains(name)).Select(name => $"names the namespace {name}, which no library has.");
    }

    private static bool IsOurs(string name) => name == "AiObs" || name.StartsWith("AiObs.", StringComparison.Ordinal);

    [GeneratedRegex("`([A-Za-z.]+)`")]
    private static partial Regex Name();
}
