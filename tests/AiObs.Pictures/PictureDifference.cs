namespace AiObs.Pictures;

/// <summary>Tells where two pictures differ, section by section, without the lines that they share at their ends.</summary>
internal static class PictureDifference
{
    private const int MostLines = 40;

    public static string Of(PictureSections expected, PictureSections actual)
    {
        var titles = expected.All.Select(section => section.Key).Union(actual.All.Select(section => section.Key));
        var different = titles.Where(title => expected.Find(title) != actual.Find(title)).ToList();

        return different.Count == 0
            ? "The order of the sections differs."
            : string.Join('\n', different.Select(title => $"{title}\n{Of(Lines(expected.Find(title)), Lines(actual.Find(title)))}"));
    }

    private static string[] Lines(string? section) => section?.Split('\n') ?? [];

    private static string Of(string[] expected, string[] actual)
    {
        var shorter = Math.Min(expected.Length, actual.Length);
        var start = 0;
        while (start < shorter && expected[start] == actual[start])
        {
            start++;
        }

        var end = 0;
        while (end < shorter - start && expected[^(end + 1)] == actual[^(end + 1)])
        {
            end++;
        }

        return string.Join('\n', Marked('-', expected[start..^end]).Concat(Marked('+', actual[start..^end])));
    }

    private static IEnumerable<string> Marked(char mark, string[] lines)
    {
        var shown = lines.Take(MostLines).Select(line => $"  {mark} {line}");

        return lines.Length > MostLines ? shown.Append($"  {mark} ... and {lines.Length - MostLines} lines more") : shown;
    }
}
