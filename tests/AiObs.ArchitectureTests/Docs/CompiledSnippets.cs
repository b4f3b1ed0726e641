using System.Text.RegularExpressions;

namespace AiObs.ArchitectureTests.Docs;

/// <summary>
/// Every C# block on a page is the body of a region in compiled code. The line above the block names it:
/// <c>&lt;!-- snippet: name --&gt;</c> for <c>#region snippet:name</c>.
/// </summary>
internal static partial class CompiledSnippets
{
    private static readonly string[] Languages = ["csharp", "cs", "c#"];

    public static IEnumerable<string> Violations(IEnumerable<MarkdownPage> pages, ILookup<string, string> regions) =>
        from page in pages
        from block in page.Blocks
        where Languages.Contains(block.Language, StringComparer.OrdinalIgnoreCase)
        let problem = Problem(block, regions)
        where problem is not null
        select $"{page.Path}, line {block.Line}: {problem}";

    private static string? Problem(MarkdownBlock block, ILookup<string, string> regions)
    {
        var marker = Marker().Match(block.LineAbove);
        if (!marker.Success)
        {
            return "the C# block has no line <!-- snippet: name --> directly above it.";
        }

        var name = marker.Groups[1].Value;
        var bodies = regions[name].ToList();

        return bodies.Count switch
        {
            0 => $"no compiled code has a #region snippet:{name}.",
            > 1 => $"#region snippet:{name} is there {bodies.Count} times.",
            _ when bodies[0] == Indentation.Trim(block.Body) => null,
            _ => $"the block is not what #region snippet:{name} says:\n{bodies[0]}",
        };
    }

    [GeneratedRegex("^<!-- snippet: ([A-Za-z0-9-]+) -->$")]
    private static partial Regex Marker();
}
