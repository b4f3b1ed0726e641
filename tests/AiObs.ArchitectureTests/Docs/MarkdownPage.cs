using System.Text.RegularExpressions;

namespace AiObs.ArchitectureTests.Docs;

/// <summary>Splits a page into its fenced blocks and the prose around them.</summary>
internal sealed partial class MarkdownPage
{
    private const string Fence = "```";

    private readonly List<MarkdownBlock> _blocks = [];
    private readonly List<string> _prose = [];

    public MarkdownPage(TextFile file)
    {
        Path = file.Path;
        Folder = file.Folder;
        Split(file.Lines);
    }

    public string Path { get; }

    public string Folder { get; }

    public IReadOnlyList<MarkdownBlock> Blocks => _blocks;

    /// <summary>The lines outside of blocks.</summary>
    public IReadOnlyList<string> Prose => _prose;

    /// <summary>What a link can point at behind its #, made of the headings as GitHub does.</summary>
    public IReadOnlySet<string> Anchors()
    {
        var anchors = new HashSet<string>(StringComparer.Ordinal);
        foreach (var line in _prose.Where(line => Heading().IsMatch(line)))
        {
            var slug = Slug(line.TrimStart('#').Trim());
            var anchor = slug;
            for (var number = 1; !anchors.Add(anchor); number++)
            {
                anchor = $"{slug}-{number}";
            }
        }

        return anchors;
    }

    private static string Slug(string heading) =>
        NotInAnchor().Replace(LinkTarget().Replace(heading, "$1").ToLowerInvariant(), "").Replace(' ', '-');

    private void Split(string[] lines)
    {
        var body = new List<string>();
        int? opening = null;
        for (var index = 0; index < lines.Length; index++)
        {
            var isFence = lines[index].TrimStart().StartsWith(Fence, StringComparison.Ordinal);
            if (!isFence)
            {
                (opening is null ? _prose : body).Add(lines[index]);
            }
            else if (opening is { } start)
            {
                var above = start == 0 ? "" : lines[start - 1].Trim();
                _blocks.Add(new MarkdownBlock(lines[start].Trim().Trim('`').Trim(), start + 1, above, [.. body]));
                body.Clear();
                opening = null;
            }
            else
            {
                opening = index;
            }
        }
    }

    [GeneratedRegex("^#{1,6} ")]
    private static partial Regex Heading();

    [GeneratedRegex(@"[^\p{L}\p{N}\-_ ]")]
    private static partial Regex NotInAnchor();

    [GeneratedRegex(@"\[([^\]]*)\]\([^)]*\)")]
    private static partial Regex LinkTarget();
}
