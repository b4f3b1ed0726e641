using System.Text.RegularExpressions;

namespace AiObs.ArchitectureTests.Docs;

/// <summary>Every relative link on a page leads to a file or folder of the repository, and its anchor to a heading there.</summary>
internal static partial class LinkTargets
{
    public static IEnumerable<string> Violations(IReadOnlyCollection<MarkdownPage> pages, IReadOnlySet<string> paths)
    {
        var pagesByPath = pages.ToDictionary(page => page.Path, StringComparer.Ordinal);

        return from page in pages
               from target in Targets(page)
               where !Absolute().IsMatch(target) && !IsFound(page, target, pagesByPath, paths)
               select $"{page.Path} links to {target}, which is not there.";
    }

    private static IEnumerable<string> Targets(MarkdownPage page) =>
        from line in page.Prose
        from Match match in Link().Matches(InlineCode().Replace(line, ""))
        select match.Groups["target"].Value;

    private static bool IsFound(MarkdownPage page, string target, Dictionary<string, MarkdownPage> pages, IReadOnlySet<string> paths)
    {
        var parts = target.Split('#', 2);
        var path = parts[0].Length == 0 ? page.Path : Resolve(page.Folder, parts[0]);
        if (path is null || !Exists(path, paths))
        {
            return false;
        }

        return parts.Length == 1 || (pages.TryGetValue(path, out var other) && other.Anchors().Contains(parts[1]));
    }

    private static bool Exists(string path, IReadOnlySet<string> paths) =>
        paths.Contains(path) || paths.Any(candidate => candidate.StartsWith($"{path}/", StringComparison.Ordinal));

    // Null when the link leaves the repository.
    private static string? Resolve(string folder, string relative)
    {
        var parts = new Stack<string>(folder.Split('/', StringSplitOptions.RemoveEmptyEntries));
        foreach (var part in Uri.UnescapeDataString(relative).Split('/', StringSplitOptions.RemoveEmptyEntries).Where(part => part != "."))
        {
            if (part != "..")
            {
                parts.Push(part);
            }
            else if (!parts.TryPop(out _))
            {
                return null;
            }
        }

        return string.Join('/', parts.Reverse());
    }

    [GeneratedRegex("^[a-z][a-z0-9+.-]*:", RegexOptions.IgnoreCase)]
    private static partial Regex Absolute();

    [GeneratedRegex("`[^`]*`")]
    private static partial Regex InlineCode();

    [GeneratedRegex(@"\]\(\s*(?<target>[^)\s]+)[^)]*\)|^\s*\[[^\]]+\]:\s*(?<target>\S+)|(?:href|src)=""(?<target>[^""]+)""")]
    private static partial Regex Link();
}
