namespace AiObs.Cost.Units;

/// <summary>Finds the known names that somebody may have meant.</summary>
internal static class ClosestNames
{
    // A longer name is compared by its beginning, so that the cost has a bound.
    private const int LongestName = 128;

    /// <summary>Returns the names that take the fewest edits, the nearest first; none that differs in more than half of its length.</summary>
    public static IReadOnlyList<string> Find(string name, IEnumerable<string> known, int count) =>
        Find(name, known.Select(static candidate => (candidate, candidate)), count);

    /// <summary>Returns what the names that take the fewest edits are called in full, the nearest first; none that differs in more than half of its length.</summary>
    public static IReadOnlyList<string> Find(string name, IEnumerable<(string Name, string FullName)> known, int count)
    {
        var wanted = Shorten(name.Trim());
        return
        [
            .. known
                .Select(candidate => (candidate.Name, candidate.FullName, Distance: Distance(wanted, Shorten(candidate.Name))))
                .Where(candidate => candidate.Distance <= Math.Max(wanted.Length, candidate.Name.Length) / 2)
                .OrderBy(static candidate => candidate.Distance)
                .ThenBy(static candidate => candidate.FullName != candidate.Name)
                .ThenBy(static candidate => candidate.FullName, StringComparer.Ordinal)
                .Select(static candidate => candidate.FullName)
                .Distinct()
                .Take(count),
        ];
    }

    /// <summary>Returns a question to append to a message about an unknown name; empty where nothing is close.</summary>
    public static string Suggest(string name, IEnumerable<string> known) =>
        Find(name, known, 1) is [var closest] ? $" Did you mean \"{closest}\"?" : string.Empty;

    private static string Shorten(string name) => (name.Length > LongestName ? name[..LongestName] : name).ToLowerInvariant();

    private static int Distance(string left, string right)
    {
        Span<int> row = stackalloc int[LongestName + 1];
        for (var column = 0; column <= right.Length; column++)
        {
            row[column] = column;
        }

        for (var line = 1; line <= left.Length; line++)
        {
            var diagonal = row[0];
            row[0] = line;
            for (var column = 1; column <= right.Length; column++)
            {
                var replaced = diagonal + (left[line - 1] == right[column - 1] ? 0 : 1);
                diagonal = row[column];
                row[column] = Math.Min(replaced, 1 + Math.Min(row[column], row[column - 1]));
            }
        }

        return row[right.Length];
    }
}
