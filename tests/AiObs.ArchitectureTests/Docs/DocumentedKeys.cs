using System.Text.RegularExpressions;

namespace AiObs.ArchitectureTests.Docs;

/// <summary>
/// The attribute page lists every key that the conventions can write, and no other: a table row <c>| `key` | …</c> for each.
/// </summary>
internal static partial class DocumentedKeys
{
    public static IEnumerable<string> Violations(IReadOnlySet<string> keys, TextFile? page)
    {
        var documented = page is null ? [] : Keys(page);
        var missing = keys.Except(documented).Select(key => $"{key} is a constant and not on the page.");
        var unknown = documented.Except(keys).Select(key => $"{key} is on the page and no constant.");

        return missing.Concat(unknown).Order(StringComparer.Ordinal);
    }

    private static HashSet<string> Keys(TextFile page) =>
    [
        .. page.Lines.Select(line => Row().Match(line)).Where(match => match.Success).Select(match => match.Groups[1].Value),
    ];

    [GeneratedRegex(@"^\|\s*`([^`]+)`\s*\|")]
    private static partial Regex Row();
}
