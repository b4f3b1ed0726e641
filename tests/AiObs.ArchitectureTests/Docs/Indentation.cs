namespace AiObs.ArchitectureTests.Docs;

/// <summary>Brings code from a page and code from a method to the same shape.</summary>
internal static class Indentation
{
    /// <summary>Takes away the indentation that all lines share, blanks at line ends, and empty lines at both ends.</summary>
    public static string Trim(IEnumerable<string> lines)
    {
        var trimmed = lines.Select(line => line.TrimEnd())
            .SkipWhile(line => line.Length == 0)
            .Reverse()
            .SkipWhile(line => line.Length == 0)
            .Reverse()
            .ToList();
        var shared = trimmed.Where(line => line.Length > 0).Select(line => line.Length - line.TrimStart().Length).DefaultIfEmpty(0).Min();

        return string.Join('\n', trimmed.Select(line => line.Length == 0 ? line : line[shared..]));
    }
}
